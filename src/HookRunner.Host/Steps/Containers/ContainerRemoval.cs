using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {remove: NAMES}`: stopped as they wish to be, then removed; their volumes stay.</summary>
internal sealed record ContainerRemoval(string? Engine, ImmutableArray<Template> Names) : HostAction
{
    public override string Subject => $"remove {string.Join(", ", Names)}";

    public override string Describe() => $"stop and remove container{(Names.Length == 1 ? "" : "s")} {Words.List(Names)}; missing is fine, volumes stay";

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(ContainerAction.Kind.Name))
        {
            return ContainerAction.Record(run, this);
        }

        if (ContainerEngine.Find(run, Engine, out var failure) is not { } engine)
        {
            return failure!;
        }

        var removed = new List<string>();
        foreach (var name in Names.Select(name => name.Text))
        {
            foreach (var each in (string[])[name, ContainerLeftovers.New(name), ContainerLeftovers.Old(name)])
            {
                if (Remove(engine, each, removed) is { } trouble)
                {
                    return trouble;
                }
            }
        }

        return new StepOutcome.Succeeded(removed.Count == 0 ? "already so: no such container" : $"removed {string.Join(", ", removed)}");
    }

    /// <summary>Null after a reported mistake.</summary>
    public static ContainerRemoval? Read(StepFields fields, string? engine)
    {
        var names = fields.TextList("remove");
        if (names.Length == 0)
        {
            fields.Error("remove", "`remove` names no container");
        }

        return ContainerRules.Each(fields, names, ContainerRules.ContainerName) && names.Length > 0 ? new ContainerRemoval(engine, names) : null;
    }

    private static StepOutcome? Remove(ContainerEngine engine, string name, List<string> removed)
    {
        if (engine.Look(name, out var failure) is not { } container)
        {
            return failure;
        }

        failure = engine.Stop(container, out var isGone);
        removed.Add(name);
        return failure ?? (isGone ? null : engine.Do("rm", container.Id));
    }
}
