using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Config;

/// <summary>Hands what was read to the event's later steps.</summary>
internal static class ConfigVariables
{
    /// <summary>MAX_ARG_STRLEN of Linux, with the name and the `=`.</summary>
    private const int Longest = 128 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>One value as a variable: a text of which the last newline is taken off, as `capture` does.</summary>
    public static ConfigValue? One(string name, ConfigContent.Whole content, out StepOutcome.Failed? failure)
    {
        failure = null;
        try
        {
            var text = Strict.GetString(content.Bytes);
            return new ConfigValue(name, text.EndsWith('\n') ? text[..^1] : text, content.IsSecret);
        }
        catch (DecoderFallbackException)
        {
            failure = new StepOutcome.Failed($"what {name} shall hold is no text", "write it to a file: `to:`");
            return null;
        }
    }

    public static StepOutcome Keep(StepRun run, ImmutableArray<ConfigValue> values)
    {
        foreach (var value in values)
        {
            if (value.Text.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(value.Text) + value.Name.Length + 2 > Longest)
            {
                return new StepOutcome.Failed($"{value.Name} is longer than 128 KiB or holds a NUL byte, which no environment can", "write it to a file: `to:`");
            }
        }

        foreach (var value in values)
        {
            run.Keep(value.Name, value.Text, value.IsSecret);
        }

        const int mostNamed = 10;
        var names = string.Join(", ", values.Take(mostNamed).Select(value => value.Name));
        return new StepOutcome.Succeeded(values.Length > mostNamed ? $"{names} and {values.Length - mostNamed} more" : names);
    }
}
