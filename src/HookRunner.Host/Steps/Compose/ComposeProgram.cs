using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Containers;

namespace HookRunner.Host.Steps.Compose;

/// <summary>What this host brings compose files up with, and the engine behind it.</summary>
/// <param name="Words">What stands before its arguments.</param>
/// <param name="Engine">Where its containers are.</param>
internal sealed record ComposeProgram(ImmutableArray<string> Words, ContainerEngine Engine)
{
    private static readonly TimeSpan VersionBound = TimeSpan.FromSeconds(20);

    private static readonly (string Engine, string[] Words)[] Known =
    [
        ("docker", ["docker", "compose"]), ("docker", ["docker-compose"]), ("podman", ["podman-compose"]), ("podman", ["podman", "compose"]),
    ];

    /// <summary>As a person would write it.</summary>
    public string Name => string.Join(' ', Words);

    /// <summary>podman-compose ends with 0 whatever happened, and has fewer words.</summary>
    public bool IsPodmanCompose => Words is ["podman-compose"] or ["podman", "compose"];

    /// <summary>The first that answers; null together with why there is none.</summary>
    public static ComposeProgram? Find(StepRun run, string? wanted, out StepOutcome? failure)
    {
        foreach (var name in wanted is null ? ContainerEngine.Programs : [wanted])
        {
            if (ContainerEngine.Find(run, name, out _, isTold: false) is not { } engine)
            {
                continue;
            }

            foreach (var (_, words) in Known.Where(known => known.Engine == name))
            {
                var report = engine.Run([.. words, "version"], VersionBound);
                if (report.End is ProcessEnd.Exited { Status: 0 })
                {
                    failure = null;
                    run.Say($"by {VersionLine(report) ?? string.Join(' ', words)}");
                    return new ComposeProgram([.. words], engine);
                }
            }
        }

        var programs = string.Join(", ", Known.Where(known => wanted is null || known.Engine == wanted).Select(known => $"`{string.Join(' ', known.Words)}`"));
        failure = run.HelperEnvironment(out var unread) is null ? unread
            : new StepOutcome.Failed($"this host has nothing that reads compose files; looked for {programs}",
                "install docker's compose plugin or podman-compose before (in the image, or by `run:`)");
        return null;
    }

    private static string? VersionLine(ProcessReport report) => Array.Find(
        report.Captured.Split('\n'), line => line.Contains("ompose", StringComparison.Ordinal) && line.Contains("version", StringComparison.OrdinalIgnoreCase));
}
