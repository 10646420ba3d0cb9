using System.Collections.Immutable;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>`permissions` of appspec.yml.</summary>
internal sealed class AppSpecPermissionsReader(AppSpecTexts texts)
{
    private static readonly string[] Keys = ["object", "pattern", "except", "type", "owner", "group", "mode", "acls", "context"];

    public ImmutableArray<AppSpecPermission> Read(YamlMap root)
    {
        var permissions = ImmutableArray.CreateBuilder<AppSpecPermission>();
        foreach (var entry in Entries(root["permissions"]))
        {
            texts.WarnOfUnknownKeys(entry, "an entry of `permissions`", Keys);
            if (texts.Required(entry, "object", "an entry of `permissions`") is { } path)
            {
                permissions.Add(new AppSpecPermission(
                    entry.Location,
                    path,
                    Optional(entry, "pattern") ?? "**",
                    texts.TextsOf(entry["except"], "except"),
                    Types(entry),
                    Optional(entry, "owner"),
                    Optional(entry, "group"),
                    Mode(entry),
                    entry["acls"] is not null || entry["context"] is not null));
            }
        }

        return permissions.DrainToImmutable();
    }

    private IEnumerable<YamlMap> Entries(YamlNode? node) =>
        node is YamlScalar { IsEmpty: true } ? [] : texts.Mappings(node, "permissions");

    private string? Optional(YamlMap entry, string key) => entry[key] is { } node ? texts.Text(node, key) : null;

    private ImmutableArray<string> Types(YamlMap entry)
    {
        var types = texts.TextsOf(entry["type"], "type");
        foreach (var type in types.Where(type => type is not ("file" or "directory")))
        {
            texts.Diagnostics.Error(entry["type"]!.Location, $"`type` holds `{type}`; both agents want `file` or `directory`");
        }

        return types;
    }

    private string? Mode(YamlMap entry)
    {
        if (Optional(entry, "mode") is not { } mode)
        {
            return null;
        }

        var node = entry["mode"]!;
        if (mode.Length > 4 || mode.AsSpan().ContainsAnyExceptInRange('0', '7'))
        {
            texts.Diagnostics.Error(node.Location, $"`mode` is `{mode}`; both agents want 1 to 4 octal digits");
        }
        else if (node is YamlScalar { Style: ScalarStyle.Plain } && mode.StartsWith('0') && mode.TrimStart('0').Length > 0)
        {
            var read = Convert.ToInt32(mode, 8);
            texts.Diagnostics.Warning(node.Location, $"YAML reads `{mode}` as the octal number {read}, and agent 1.8 then sets mode {read}",
                $"write `mode: {mode.TrimStart('0')}`, or `\"{mode}\"` with quotes");
        }

        return mode;
    }
}
