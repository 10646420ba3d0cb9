using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reporting;
using HookRunner.Host.Os;
using HookRunner.Simulation;
using HookRunner.Simulation.Agent;
using HookRunner.Simulation.Sandboxing;

namespace HookRunner.Commands;

/// <summary>`hookrunner simulate`: a whole deployment as the agent does it, in a private copy of this machine.</summary>
internal static class SimulateCommand
{
    private static readonly ImmutableArray<string> RealThings = ["service", "container", "compose", "config", "report"];

    /// <summary>0 succeeded, 1 an event failed, 2 wrong usage, 3 a bad bundle or no sandbox, 128+n stopped by signal n.</summary>
    public static int Run(SimulateOptions options, TextWriter output)
    {
        if (Mistake(options) is { } mistake)
        {
            output.WriteLine($"error: {mistake}");
            return ExitStatus.Usage;
        }

        var request = Request(options);
        var diagnostics = new DiagnosticBag();
        _ = BundleFolder.Read(request.Bundle, diagnostics);
        _ = request.From is { } from ? BundleFolder.Read(from, diagnostics) : null;
        if (diagnostics.HasErrors || !options.Json)
        {
            output.Write(DiagnosticText.Render(diagnostics));
        }

        if (diagnostics.HasErrors)
        {
            return ExitStatus.Invalid;
        }

        return options.NoSandbox ? Simulator.Run(request, [], output) : RunInSandbox(request, output);
    }

    private static int RunInSandbox(SimulationRequest request, TextWriter output)
    {
        ImmutableArray<SandboxKind> kinds = Libc.EffectiveUserId() == 0 ? [SandboxKind.Root, SandboxKind.User] : [SandboxKind.User];
        var refused = "";
        foreach (var kind in kinds)
        {
            if (new SandboxLauncher(request with { Sandbox = kind }, output).Run(out var reason) is { } status)
            {
                return status;
            }

            refused = refused.Length == 0 ? reason : refused;
        }

        output.WriteLine(SandboxRefusal.Text(request, refused));
        return ExitStatus.Invalid;
    }

    private static SimulationRequest Request(SimulateOptions options)
    {
        var bundle = RealPath.Of(options.Bundle);
        return new SimulationRequest
        {
            Sandbox = SandboxKind.None,
            Bundle = bundle,
            From = options.From is { } from ? RealPath.Of(from) : null,
            Group = options.Group,
            Application = options.Application ?? Path.GetFileName(bundle),
            Network = options.Network || options.Real.Any(item => item is "config" or "report"),
            Settings = options.Settings,
            Real = options.Real,
            Events = options.Events,
            Json = options.Json,
            Executable = RunningExecutable.Find(),
        };
    }

    private static string? Mistake(SimulateOptions options) => options switch
    {
        { NoSandbox: true, Yes: false } => "`--no-sandbox` lets the hooks change this machine for real; add `--yes` where that is meant, such as in a container",
        _ when options.Settings.FirstOrDefault(item => item.IndexOf('=', StringComparison.Ordinal) < 1) is { } setting =>
            $"`--set {setting}` is no `NAME=VALUE`",
        _ when options.Events.FirstOrDefault(item => !Lifecycle.All.Contains(item)) is { } name =>
            $"`{name}` is no lifecycle event; {Suggestion.Remedy(name, Lifecycle.All)}",
        _ when options.Real.FirstOrDefault(item => !RealThings.Contains(item)) is { } real =>
            $"`--real {real}` is unknown; {Suggestion.Remedy(real, RealThings)}",
        { NoSandbox: false } when options.Real.Any(item => item is "service" or "container" or "compose") =>
            "`--real` for services and containers needs `--no-sandbox`: the sandbox has none",
        _ => null,
    };
}
