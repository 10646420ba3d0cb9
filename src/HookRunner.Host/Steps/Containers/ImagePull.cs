using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {pull: IMAGES}`.</summary>
internal sealed record ImagePull(string? Engine, ImmutableArray<Template> Images) : HostAction
{
    public override string Subject => $"pull {string.Join(", ", Images)}";

    public override string Describe() => $"pull {Words.List(Images)}";

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

        var changed = new List<string>();
        foreach (var image in Images.Select(image => image.Text))
        {
            var before = engine.ImageId(image, out failure);
            if (failure is not null || ImagePresence.Ensure(engine, image, "always", out failure) is not { } now)
            {
                return failure!;
            }

            changed.AddRange(now == before ? [] : [image]);
        }

        return new StepOutcome.Succeeded(changed.Count == 0 ? "already here" : $"pulled {string.Join(", ", changed)}");
    }

    /// <summary>Null after a reported mistake.</summary>
    public static ImagePull? Read(StepFields fields, string? engine)
    {
        var images = fields.TextList("pull");
        if (images.Length == 0)
        {
            fields.Error("pull", "`pull` names no image");
        }

        return ContainerRules.Each(fields, images, ContainerRules.Image) && images.Length > 0 ? new ImagePull(engine, images) : null;
    }
}
