using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>`timeout` of a script: agent 1.8 takes the leading digits of anything, agent 2.x a plain whole number only.</summary>
internal static class AppSpecTimeout
{
    /// <summary>Seconds where nothing is written (both agents).</summary>
    public const int Default = 3600;

    /// <summary>The seconds that an agent would make of it, at most a day's; null where none would.</summary>
    public static int? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlScalar scalar || Leading(scalar.Text) is not { } seconds)
        {
            diagnostics.Error(node.Location, $"`timeout` is {AppSpecTexts.Shown(node)}; both agents want a whole number of seconds above 0");
            return null;
        }

        if (scalar.Style != ScalarStyle.Plain || scalar.Text.StartsWith('0') || scalar.Text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            diagnostics.Error(node.Location, $"`timeout` is {AppSpecTexts.Shown(node)}; agent 2.x takes a plain whole number of seconds only",
                $"write `timeout: {seconds.ToString(CultureInfo.InvariantCulture)}`");
        }
        else if (seconds > Default)
        {
            diagnostics.Warning(node.Location, $"`timeout` is {seconds} s, and CodeDeploy ends an event after {Default} s");
        }

        return seconds;
    }

    private static int? Leading(string text)
    {
        var digits = text.AsSpan().TrimStart('0');
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        var number = end < 0 ? digits : digits[..end];
        return number.Length == 0 ? null
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, 86_400)
            : 86_400;
    }
}
