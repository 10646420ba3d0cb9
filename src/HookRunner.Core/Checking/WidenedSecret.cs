using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>Modes given to a whole tree after a file for few eyes was put into it: real hooks fetch secrets and then open them so.</summary>
internal static class WidenedSecret
{
    private const uint ForGroupAndOthers = 0x24;

    /// <param name="Path">As written, its variables left in.</param>
    /// <param name="Readers">The bits of group and others that let them read it.</param>
    private sealed record ClosedFile(string Path, uint Readers);

    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        foreach (var list in FileSteps.Lists(file))
        {
            Check(list, [], diagnostics);
        }
    }

    private static void Check(StepList list, List<ClosedFile> secrets, DiagnosticBag diagnostics)
    {
        foreach (var step in list.Steps)
        {
            if (step.Inline is { } inline)
            {
                Check(inline, secrets, diagnostics);
            }
            else if (step is { Kind.Name: "permissions", Value: YamlMap permissions })
            {
                Check(permissions, secrets, diagnostics);
            }
            else if (Written(step) is { } secret)
            {
                secrets.Add(secret);
            }
        }
    }

    /// <summary>Where a step writes a file that not everybody may read, and who may.</summary>
    private static ClosedFile? Written(StepDeclaration step) => step switch
    {
        { Kind.Name: "config", Value: YamlMap config } => Closed(config["to"], config["mode"], "0600"),
        { Kind.Name: "file", Value: YamlMap file } => Closed(file["path"], file["mode"], "0644"),
        { Kind.Name: "copy", Value: YamlMap copy } => Closed(copy["to"], copy["mode"], "0644"),
        _ => null,
    };

    private static ClosedFile? Closed(YamlNode? path, YamlNode? mode, string usual) =>
        path is YamlScalar { Text: var text } && Bits(mode is YamlScalar written ? written.Text : usual) is { } bits && bits != ForGroupAndOthers
            ? new ClosedFile(text, bits)
            : null;

    /// <summary>What group and others may read by a mode; null where it is no mode.</summary>
    private static uint? Bits(string mode) => UnixMode.TryParse(mode, out var parsed) ? parsed.Apply(0, isDirectory: false) & ForGroupAndOthers : null;

    private static void Check(YamlMap permissions, List<ClosedFile> secrets, DiagnosticBag diagnostics)
    {
        if (permissions["recursive"] is not YamlScalar { Text: "true" } || permissions["file_mode"] is not YamlScalar mode || Bits(mode.Text) is not { } bits)
        {
            return;
        }

        YamlNode[] paths = permissions["path"] switch
        {
            YamlList list => [.. list.Items],
            { } one => [one],
            _ => [],
        };
        foreach (var path in paths.OfType<YamlScalar>().Select(path => path.Text.TrimEnd('/') + "/"))
        {
            if (secrets.Find(secret => secret.Path.StartsWith(path, StringComparison.Ordinal) && (bits & ~secret.Readers) != 0)?.Path is { } opened)
            {
                diagnostics.Warning(mode.Location, $"`file_mode: {mode.Text}` opens `{opened}`, which a step before this one writes for fewer",
                    "put this step before that one");
            }
        }
    }
}
