using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>
/// Reads appspec.yml under the rules of both agents (1.8.1: application_specification.rb, script_info.rb; 2.x: parse.rs):
/// what one of them would refuse is an error that names it, what one of them would pass over silently is a warning.
/// </summary>
internal sealed class AppSpecReader(SourceText source, DiagnosticBag diagnostics)
{
    private static readonly string[] Keys = ["version", "os", "files", "permissions", "hooks", "file_exists_behavior"];

    private static readonly string[] Behaviors = ["DISALLOW", "OVERWRITE", "RETAIN"];

    /// <summary>Null only where nothing can be made of it; mistakes are in <paramref name="diagnostics"/>.</summary>
    public static AppSpec? Read(YamlMap root, SourceText source, DiagnosticBag diagnostics) =>
        new AppSpecReader(source, diagnostics).Read(root);

    private AppSpec Read(YamlMap root)
    {
        var texts = new AppSpecTexts(diagnostics);
        texts.WarnOfUnknownKeys(root, "appspec.yml", Keys);
        CheckVersion(root);
        CheckSystem(root, texts);
        AppSpecAliases.Check(root, diagnostics);
        return new AppSpec
        {
            Source = source,
            Files = new AppSpecFilesReader(texts).Read(root),
            Hooks = new AppSpecHooksReader(texts).Read(root),
            Permissions = new AppSpecPermissionsReader(texts).Read(root),
            FileExistsBehavior = Behavior(root, texts),
        };
    }

    private void CheckVersion(YamlMap root)
    {
        const string remedy = "write `version: 0.0`, without quotes";
        if (root["version"] is not { } version)
        {
            diagnostics.Error(root.Location, "`version` is missing; both agents refuse the file", remedy);
        }
        else if (version is not YamlScalar { Style: ScalarStyle.Plain } number || !IsZero(number.Text))
        {
            diagnostics.Error(version.Location, $"`version` is {AppSpecTexts.Shown(version)}; both agents want the number 0.0", remedy);
        }
    }

    private static bool IsZero(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number == 0;

    private void CheckSystem(YamlMap root, AppSpecTexts texts)
    {
        if (root["os"] is not { } system)
        {
            diagnostics.Error(root.Location, "`os` is missing; agent 1.8 refuses the file", "write `os: linux`");
        }
        else if (texts.Text(system, "os") is { } text && text != "linux")
        {
            diagnostics.Error(system.Location, $"`os` is `{text}`; the agents of Linux instances want `linux`");
        }
    }

    private string? Behavior(YamlMap root, AppSpecTexts texts)
    {
        if (root["file_exists_behavior"] is not { } node || texts.Text(node, "file_exists_behavior") is not { } text)
        {
            return null;
        }

        if (Behaviors.Contains(text))
        {
            return text;
        }

        diagnostics.Error(node.Location, $"`file_exists_behavior` is `{text}`; both agents want DISALLOW, OVERWRITE or RETAIN",
            Suggestion.Nearest(text, Behaviors) is { } nearest ? $"did you mean `{nearest}`?" : null);
        return null;
    }
}
