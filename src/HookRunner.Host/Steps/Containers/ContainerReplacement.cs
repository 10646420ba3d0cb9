using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Containers;

/// <summary>
/// Puts a new container in the place of the old one. All that can fail without the old one's ports is done while that
/// still runs; then it is stopped and kept under another name, until the new one has proven itself or it comes back.
/// </summary>
internal sealed class ContainerReplacement(StepRun run, ContainerEngine engine, ContainerRun wanted, ContainerEnvironment environment)
{
    private readonly string _name = wanted.Name.Text;
    private readonly string _digest = ContainerArguments.Digest(wanted, environment);

    private string Shown => $"container `{_name}`";

    public StepOutcome Do()
    {
        var policy = wanted.PullPolicy ?? ImagePresence.DefaultPolicy(wanted.Image.Text);
        if (ImagePresence.Ensure(engine, wanted.Image.Text, policy, out var failure) is not { } image)
        {
            return failure!;
        }

        if (new ContainerLeftovers(run, engine, _name).Repair() is { } unrepaired)
        {
            return unrepaired;
        }

        var old = engine.Look(_name, out failure);
        if (failure is not null)
        {
            return failure;
        }

        return old is { IsRunning: true, Health: not "unhealthy" } && old.Image == image && old.Configuration == _digest
            ? Watch(TimeSpan.Zero).Wait(new WatchedContainer(old.Id, Shown)) ?? new StepOutcome.Succeeded("already running")
            : Replace(old);
    }

    private StepOutcome Replace(ContainerState? old)
    {
        var created = engine.Create(
            [
                "create", "--name", ContainerLeftovers.New(_name), "--label", $"{ContainerState.ConfigurationLabel}={_digest}",
                .. ContainerArguments.Of(wanted, environment),
            ],
            environment.Client,
            out var failure);
        if (created is null)
        {
            return failure!;
        }

        if (old is not null && SetAside(old) is { } unmoved)
        {
            _ = engine.Do("rm", "--force", created);
            return unmoved;
        }

        failure = engine.Do("rename", created, _name) ?? engine.Do("start", _name) ?? Watch(wanted.Settle).Wait(new WatchedContainer(created, Shown));
        return failure is null ? Finish(old) : PutBack(old, created, failure);
    }

    /// <summary>Stopped and renamed; a container that was made to vanish when it stops has nothing to rename.</summary>
    private StepOutcome? SetAside(ContainerState old)
    {
        var failure = engine.Stop(old, out var isGone);
        failure ??= isGone ? null : engine.Do("rename", old.Id, ContainerLeftovers.Old(_name));
        if (failure is not null && old.IsRunning)
        {
            _ = engine.Do("start", old.Id);
        }

        return failure;
    }

    /// <summary>The new one serves already: what remains of the old one is no reason to fail.</summary>
    private StepOutcome.Succeeded Finish(ContainerState? old)
    {
        if (old is null)
        {
            return new StepOutcome.Succeeded("started");
        }

        var failure = engine.Look(old.Id, out _) is null ? null : engine.Do("rm", old.Id);
        if (failure is not null)
        {
            run.Say($"the container before it is still there as {ContainerLeftovers.Old(_name)}; the next run removes it");
        }

        return new StepOutcome.Succeeded("replaced");
    }

    private StepOutcome PutBack(ContainerState? old, string created, StepOutcome failure)
    {
        var trouble = engine.Do("rm", "--force", created);
        var isThere = old is not null && engine.Look(old.Id, out _) is not null;
        if (isThere)
        {
            trouble ??= engine.Do("rename", old!.Id, _name) ?? (old.IsRunning ? engine.Do("start", old.Id) : null);
        }

        var back = trouble is not null ? $"the container before it is stopped and kept as {ContainerLeftovers.Old(_name)}; the next run puts it back where the new one is not well"
            : old is null ? null
            : !isThere ? "the container before it was made to vanish when it stops (`--rm`), and is gone"
            : old.IsRunning ? "the container before it runs again"
            : "the container before it is back, and stopped as it was";
        if (failure is not StepOutcome.Failed failed)
        {
            run.Say(back ?? "there was no container before it");
            return failure;
        }

        return failed with { Hint = string.Join("; ", new[] { failed.Hint, back }.OfType<string>()) is { Length: > 0 } hint ? hint : null };
    }

    /// <summary>The way back needs time too: a wait ends before the step does.</summary>
    private ContainerWatch Watch(TimeSpan settle)
    {
        var rest = run.Deadline.Remaining;
        var longest = rest - (rest / 4 < TimeSpan.FromSeconds(15) ? rest / 4 : TimeSpan.FromSeconds(15));
        return new ContainerWatch(run, engine, wanted.Within < longest ? wanted.Within : longest, settle);
    }
}
