using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`version`: which language a file is written in.</summary>
internal static class FileVersion
{
    public const int Known = 1;

    /// <summary>False for a version that this hookrunner does not know. A missing or misshapen one is reported with the other keys.</summary>
    public static bool Check(YamlNode? node, DiagnosticBag diagnostics)
    {
        if (node is not YamlScalar { IsEmpty: false } scalar)
        {
            return true;
        }

        var text = scalar.Text;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version == Known)
        {
            return true;
        }

        var isNewer = version > Known;
        diagnostics.Error(node.Location, $"`version` is `{text}`; expected `{Known}`", isNewer
            ? $"this hookrunner knows version {Known} of the language; put hookrunner {version}.0 or later into the bundle"
            : $"write `version: {Known}`");
        return !isNewer;
    }
}
