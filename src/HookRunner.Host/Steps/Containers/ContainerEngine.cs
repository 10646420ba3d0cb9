using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Containers;

/// <summary>docker or podman, through its own program. Both take the same words; what differs is here.</summary>
internal sealed class ContainerEngine
{
    private static readonly TimeSpan VersionBound = TimeSpan.FromSeconds(20), LogBound = TimeSpan.FromSeconds(10), VanishBound = TimeSpan.FromSeconds(10);

    private const int MostLooks = 10;

    private readonly StepRun _run;

    private readonly ImmutableArray<(string Name, string Value)> _environment;

    private ContainerEngine(StepRun run, ImmutableArray<(string Name, string Value)> environment, string program, string version) =>
        (_run, _environment, Program, IsPodman) = (run, environment, program, version.Contains("podman", StringComparison.OrdinalIgnoreCase));

    /// <summary>The programs that are looked for, in this order.</summary>
    public static ImmutableArray<string> Programs { get; } = ["docker", "podman"];

    public string Program { get; }

    /// <summary>Also where it is called docker: distributions have such a wrapper.</summary>
    public bool IsPodman { get; }

    /// <summary>The one that is wanted, else the first that this host has; null together with why not.</summary>
    /// <param name="isTold">Whether it is said which one was taken.</param>
    public static ContainerEngine? Find(StepRun run, string? wanted, out StepOutcome? failure, bool isTold = true)
    {
        if (run.HelperEnvironment(out var unread) is not { } variables)
        {
            failure = unread;
            return null;
        }

        ImmutableArray<(string Name, string Value)> environment = [.. variables.Select(pair => (pair.Key, pair.Value))];
        foreach (var program in wanted is null ? Programs : [wanted])
        {
            var report = run.RunHelper([program, "--version"], VersionBound, environment);
            if (report.End is ProcessEnd.NotStarted { Exit: 127 })
            {
                continue;
            }

            failure = EngineFailure.Of(run, report, $"{program} --version");
            if (failure is not null)
            {
                return null;
            }

            if (isTold)
            {
                run.Say($"by {report.Captured.Trim()}");
            }

            return new ContainerEngine(run, environment, program, report.Captured);
        }

        failure = new StepOutcome.Failed(
            wanted is null ? "neither docker nor podman is on this host" : $"there is no `{wanted}` on this host",
            $"install it before (in the image, or by `run:`), or leave the step out here by `when: {{ program: {wanted ?? "docker"} }}`");
        return null;
    }

    public ProcessReport Ask(params ImmutableArray<string> words) => Run([Program, .. words], _run.Deadline.Remaining);

    /// <summary>Any program that sees what the engine's sees.</summary>
    public ProcessReport Run(ImmutableArray<string> words, TimeSpan? within = null) =>
        _run.RunHelper(words, within ?? _run.Deadline.Remaining, _environment);

    /// <summary>Null where it was done.</summary>
    public StepOutcome? Do(params ImmutableArray<string> words) => EngineFailure.Of(_run, Ask(words), $"{Program} {words[0]}");

    /// <summary>The id of a new container; null together with why there is none.</summary>
    public string? Create(ImmutableArray<string> words, ImmutableArray<(string Name, string Value)> environment, out StepOutcome? failure)
    {
        var report = _run.RunHelper([Program, .. words], _run.Deadline.Remaining, [.. _environment, .. environment]);
        failure = EngineFailure.Of(_run, report, $"{Program} {words[0]}");
        return failure is null ? report.Captured.TrimEnd().Split('\n')[^1] : null;
    }

    /// <summary>The container of this name or id; null where there is none, or together with a failure.</summary>
    public ContainerState? Look(string container, out StepOutcome? failure)
    {
        var report = Inspect(container);
        failure = EngineFailure.SaysMissing(report) ? null : EngineFailure.Of(_run, report, $"{Program} inspect");
        if (report.End is not ProcessEnd.Exited { Status: 0 })
        {
            return null;
        }

        var state = ContainerState.Parse(report.Captured);
        failure = state is null ? new StepOutcome.Failed($"{Program} inspect told nothing of container `{container}`", Detail: report.Tail) : null;
        // The engine also takes the beginning of an id for a name: that would be somebody else's container.
        return state is null || state.Name == container || state.Id == container ? state : null;
    }

    /// <summary>podman fails where a process ends while it looks at it.</summary>
    private ProcessReport Inspect(string container)
    {
        for (var tries = 1; ; tries++)
        {
            var report = Ask("inspect", "--type", "container", "--format", ContainerState.Format, container);
            if (tries == MostLooks || !EngineFailure.Says(report, "no such process") || !_run.Pause(TimeSpan.FromMilliseconds(50)))
            {
                return report;
            }
        }
    }

    /// <summary>Stops a container as it wishes to be, and waits for one that vanishes then. Null where it was done.</summary>
    public StepOutcome? Stop(ContainerState container, out bool isGone)
    {
        var failure = Do("stop", container.Id);
        var end = Deadline.After(container.VanishesOnStop ? VanishBound : TimeSpan.Zero, "the time to vanish");
        while (!(isGone = Look(container.Id, out _) is null) && !end.HasPassed && _run.Pause(TimeSpan.FromMilliseconds(100)))
        {
        }

        return isGone ? null : failure;
    }

    /// <summary>The id of an image that is here; null where it is not, or together with a failure.</summary>
    public string? ImageId(string image, out StepOutcome? failure)
    {
        var report = Ask("image", "inspect", "--format", "{{.Id}}", image);
        failure = EngineFailure.SaysMissing(report) ? null : EngineFailure.Of(_run, report, $"{Program} image inspect");
        return report.End is ProcessEnd.Exited { Status: 0 } ? ContainerState.BareId(report.Captured.Trim()) : null;
    }

    /// <summary>All images with their names, in an order of ours: those of the same second come in any.</summary>
    public string Images() => string.Join('\n',
        Ask("images", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}").Captured.Split('\n').Order(StringComparer.Ordinal));

    /// <summary>The last lines that a container printed, stdout and stderr in their order.</summary>
    public ImmutableArray<string> Log(string container, int most = 12)
    {
        var report = Run(["sh", "-c", "exec \"$@\" 2>&1", "sh", Program, "logs", "--tail", $"{most}", container], LogBound);
        return report.End is ProcessEnd.Exited { Status: 0 } ? [.. report.Captured.Split('\n', StringSplitOptions.RemoveEmptyEntries)] : [];
    }
}
