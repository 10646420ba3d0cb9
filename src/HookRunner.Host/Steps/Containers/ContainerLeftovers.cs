using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Containers;

/// <summary>What a replacement that was killed left under names of ours.</summary>
internal sealed class ContainerLeftovers(StepRun run, ContainerEngine engine, string name)
{
    /// <summary>The name of a container that has not yet taken its place.</summary>
    public static string New(string name) => $"{name}-hookrunner-new";

    /// <summary>The name of one that has been put aside.</summary>
    public static string Old(string name) => $"{name}-hookrunner-old";

    /// <summary>
    /// Removes what never served. One that was put aside comes back to its name, unless one of that name runs well: then that
    /// has taken its place, and only the removal was missed.
    /// </summary>
    public StepOutcome? Repair()
    {
        if (Remove(New(name)) is { } unremoved)
        {
            return unremoved;
        }

        var old = engine.Look(Old(name), out var failure);
        if (old is null)
        {
            return failure;
        }

        var current = engine.Look(name, out failure);
        if (failure is not null)
        {
            return failure;
        }

        if (current is { IsRunning: true, Health: "healthy" } or { IsRunning: true, Health: "", Restarts: 0 })
        {
            return engine.Do("rm", "--force", old.Id);
        }

        run.Say($"an earlier run was killed while it replaced container {name}: the one before it is put back first");
        failure = (current is null ? null : engine.Do("rm", "--force", current.Id)) ?? engine.Do("rename", old.Id, name);
        if (failure is null && engine.Do("start", old.Id) is StepOutcome.Failed unstarted)
        {
            run.Say($"it does not start: {unstarted.Reason}");
        }

        return failure;
    }

    /// <summary>Null where it is gone or was never there.</summary>
    public StepOutcome? Remove(string leftover) =>
        engine.Look(leftover, out var failure) is { } state ? engine.Do("rm", "--force", state.Id) : failure;
}
