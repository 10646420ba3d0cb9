using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {prune: true}`: images that no name points to and no container uses. Nothing else is ever pruned.</summary>
internal sealed record ImagePruning(string? Engine, TimeSpan? OlderThan, TimeSpan Within) : HostAction
{
    public override string Subject => "prune";

    public override string Describe() =>
        $"remove images that have no name and that no container uses{(OlderThan is { } age ? $", made more than {Duration.Format(age)} ago" : "")}";

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

        var before = Count(engine);
        ImmutableArray<string> filter = OlderThan is { } age
            ? ["--filter", string.Create(CultureInfo.InvariantCulture, $"until={(long)age.TotalSeconds}s")]
            : [];
        var report = engine.Run([engine.Program, "image", "prune", "--force", .. filter], Within);
        if (report.End is ProcessEnd.TimedOut && !run.Deadline.HasPassed)
        {
            return new StepOutcome.Failed($"`{engine.Program} image prune` was not done within {Duration.Format(Within)}",
                "give it longer by `within`, or let it fail by `allow_failure: true`: the next one goes on");
        }

        return EngineFailure.Of(run, report, $"{engine.Program} image prune")
            ?? new StepOutcome.Succeeded(before - Count(engine) is var gone and > 0 ? $"removed {gone} image{(gone == 1 ? "" : "s")}" : "already so: nothing to remove");
    }

    /// <summary>Null after a reported mistake.</summary>
    public static ImagePruning? Read(StepFields fields, string? engine)
    {
        if (fields.Text("prune") is not { IsComplete: true, Text: "true" })
        {
            fields.Error("prune", "`prune` takes only `true`");
            return null;
        }

        return new ImagePruning(engine, fields.Duration("older_than"), fields.Duration("within") ?? TimeSpan.FromSeconds(60));
    }

    private static int Count(ContainerEngine engine) => engine.Ask("images", "--quiet", "--filter", "dangling=true").Captured
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
