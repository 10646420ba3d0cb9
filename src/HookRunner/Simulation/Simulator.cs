using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Simulation.Agent;
using HookRunner.Simulation.Output;

namespace HookRunner.Simulation;

/// <summary>Runs the deployments of a simulation on the host as it now stands, sandbox or not.</summary>
internal static class Simulator
{
    private const string FromDeployment = "d-SIMULATE0", Deployment = "d-SIMULATE1";

    /// <summary>0, or 1 where an event failed.</summary>
    /// <param name="notes">Said before the first event.</param>
    public static int Run(SimulationRequest request, ImmutableArray<string> notes, TextWriter output)
    {
        Descendants.AdoptOrphans();
        _ = Libc.Umask(0x12);
        _ = Mounts.EnterDirectory("/");
        var text = request.Json ? TextWriter.Null : output;
        SayWhat(request, notes, text);
        var start = TimeProvider.System.GetTimestamp();
        var report = Run(request, text) with { LeftRunning = LeftRunning.Commands() };
        report = report with { Took = TimeProvider.System.GetElapsedTime(start) };
        if (request.Json)
        {
            ReportJson.Write(report, output);
        }
        else
        {
            ReportText.Write(report, output);
        }

        LeftRunning.Stop();
        return report.HasSucceeded ? 0 : 1;
    }

    private static SimulationReport Run(SimulationRequest request, TextWriter text)
    {
        var host = new SimulationHost(request, AgentRoot.Default);
        host.ForgetRecorded();
        var said = new HashSet<string>(StringComparer.Ordinal);
        var next = Read(request.Bundle);
        Revision? previous = null;
        var report = new SimulationReport();
        if (request.From is { } from)
        {
            text.WriteLine($"the revision before: {from}");
            var old = Read(from);
            var first = new SimulatedDeployment(host, FromDeployment, old, null);
            report = report with { From = first.Run(Lifecycle.For(old.AppSpec, null), name => new EventLog(text, name, isFolded: true, said)) };
            previous = first.Installed;
            text.Write(report.HasSucceeded ? $"\nthe revision: {request.Bundle}\n" : "");
        }

        var events = request.Events.IsEmpty ? Lifecycle.For(next.AppSpec, previous?.AppSpec) : Lifecycle.Of(request.Events);
        if (!report.HasSucceeded)
        {
            return report with { NotRun = events };
        }

        var reports = new SimulatedDeployment(host, Deployment, next, previous)
            .Run(events, name => new EventLog(text, name, isFolded: false, said));
        return report with { Events = reports, NotRun = [.. events.Skip(reports.Length)] };
    }

    private static void SayWhat(SimulationRequest request, ImmutableArray<string> notes, TextWriter text)
    {
        text.WriteLine($"simulating {request.Application} for deployment group {request.Group} {Where(request)}");
        foreach (var note in notes)
        {
            text.WriteLine($"note: {note}");
        }

        text.WriteLine();
    }

    private static string Where(SimulationRequest request) => request.Sandbox switch
    {
        SandboxKind.None => "on this machine itself",
        SandboxKind.User => $"in a private copy of this machine, as you{Network(request)}",
        _ => $"in a private copy of this machine, as root{Network(request)}",
    };

    private static string Network(SimulationRequest request) => request.Network ? ", with its network" : ", without a network";

    private static Revision Read(string bundle) =>
        new(bundle, BundleFolder.Read(bundle, new DiagnosticBag()) ?? throw new InvalidOperationException($"{bundle} was checked before"));
}
