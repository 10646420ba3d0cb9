using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {load: FILE}`: images that came with the bundle.</summary>
internal sealed record ImageLoad(string? Engine, Template Archive) : HostAction
{
    public override string Subject => $"load {Archive}";

    public override string Describe() => $"load the images of {Archive}";

    public override IEnumerable<Template> Sources => [Archive];

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

        var before = engine.Images();
        var report = engine.Ask("load", "--input", run.InBundle(Archive.Text));
        failure = EngineFailure.Of(run, report, $"{engine.Program} load");
        if (failure is not null)
        {
            return failure;
        }

        var names = report.Captured.Split('\n').Where(line => line.StartsWith("Loaded image", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim());
        return new StepOutcome.Succeeded($"{(engine.Images() == before ? "already loaded" : "loaded")}: {string.Join(", ", names)}");
    }

    /// <summary>Null after a reported mistake.</summary>
    public static ImageLoad? Read(StepFields fields, string? engine) => fields.Source("load") is { } archive ? new ImageLoad(engine, archive) : null;
}
