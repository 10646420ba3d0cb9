using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Config;

/// <summary>The file that takes what was read: for its owner alone unless something else is written, and complete before its name appears.</summary>
internal static class ConfigFile
{
    /// <summary>Where no other is written.</summary>
    public static UnixMode UsualMode { get; } = new("0600", 0x180);

    /// <summary>Lines `NAME=value`; null where a value has several lines.</summary>
    public static byte[]? Lines(ImmutableArray<ConfigValue> values, out StepOutcome.Failed? failure)
    {
        failure = null;
        var text = new StringBuilder();
        foreach (var value in values)
        {
            if (DotEnv.Line(value.Name, value.Text) is not { } line)
            {
                failure = new StepOutcome.Failed(
                    $"{value.Name} has several lines or a NUL byte, which no line of a dotenv file can hold",
                    "read it by a step of its own, to a file or as a variable");
                return null;
            }

            text.Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static StepOutcome Write(ConfigAction action, WantedOwner? owner, byte[] bytes)
    {
        using var content = FileContent.OfSecret(bytes);
        if (TrustedPlace.Find(action.To!.Text, out var place) is { } trouble)
        {
            return new StepOutcome.Failed(trouble.Reason, trouble.Remedy);
        }

        using (place)
        {
            var placement = new FilePlacement(place.Directory, place.Name, content, new Traits(owner, action.Mode ?? UsualMode));
            if (placement.Compare(out var before, out var differences) is { } unfit)
            {
                return new StepOutcome.Failed(unfit.Reason, unfit.Remedy);
            }

            if (differences.Count == 0)
            {
                return new StepOutcome.Succeeded("already so");
            }

            return placement.Write(before) is { } error ? new StepOutcome.Failed(error.ToString(), before is null ? null : "the file is as it was")
                : place.Directory.Sync() is { } unsynced ? new StepOutcome.Failed(unsynced.ToString(), "the file is written, but may not outlive a power cut")
                : new StepOutcome.Succeeded(string.Join(", ", differences));
        }
    }
}
