using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Containers;

/// <summary>Sees to it that an image is on this host before anything is touched.</summary>
internal static class ImagePresence
{
    /// <summary>
    /// A tag that is meant to move is asked for each time, any other once; what is named after this host itself is never
    /// asked for.
    /// </summary>
    public static string DefaultPolicy(string image)
    {
        var tag = image[(image.LastIndexOf('/') + 1)..];
        return image.StartsWith("localhost/", StringComparison.Ordinal) ? "never"
            : tag.Contains('@', StringComparison.Ordinal) || image.StartsWith("sha256:", StringComparison.Ordinal) ? "missing"
            : !tag.Contains(':', StringComparison.Ordinal) || tag.EndsWith(":latest", StringComparison.Ordinal) ? "always"
            : "missing";
    }

    /// <summary>The image's id; null together with why it is not here.</summary>
    public static string? Ensure(ContainerEngine engine, string image, string policy, out StepOutcome? failure)
    {
        var local = engine.ImageId(image, out failure);
        if (failure is not null || (local is not null && policy != "always"))
        {
            return local;
        }

        if (policy == "never")
        {
            failure = new StepOutcome.Failed($"image `{image}` is not on this host, and is not to be pulled",
                "load it before: `container: { load: FILE }`, or take out `pull_policy: never`");
            return null;
        }

        failure = engine.Do("pull", image);
        if (failure is StepOutcome.Failed failed && local is not null)
        {
            failure = failed with { Hint = "an image of this name is here already, built or loaded: `pull_policy: missing` takes it" };
        }

        return failure is null ? engine.ImageId(image, out failure) : null;
    }
}
