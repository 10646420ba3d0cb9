using System.Text.Json;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Aws;

/// <summary>What this instance knows of itself. Nothing is asked before something needs it, and nothing twice.</summary>
/// <param name="environment">hookrunner's own.</param>
internal sealed class InstanceMetadata(IReadOnlyDictionary<string, string> environment)
{
    private const string Tags = "meta-data/tags/instance/", Identity = "dynamic/instance-identity/document", TagPrefix = "tag.";

    private readonly Dictionary<string, VariableValue> _known = new(StringComparer.Ordinal);
    private readonly MetadataService _service = new(environment);

    /// <summary>The value of `id`, `region`, `zone`, `account` or `tag.NAME`; undefined with a reason where there is none.</summary>
    public VariableValue Find(string name, Patience patience)
    {
        if (!_known.TryGetValue(name, out var value))
        {
            _known[name] = value = name.StartsWith(TagPrefix, StringComparison.Ordinal)
                ? Tag(name[TagPrefix.Length..], patience)
                : Value(name, patience);
        }

        return value;
    }

    private VariableValue Value(string name, Patience patience)
    {
        var path = name switch
        {
            "id" => "meta-data/instance-id",
            "region" => "meta-data/placement/region",
            "zone" => "meta-data/placement/availability-zone",
            _ => Identity,
        };
        return _service.Get(path, patience) switch
        {
            MetadataReply.Found found when path != Identity => new VariableValue.Known(found.Text.Trim()),
            MetadataReply.Found found when Account(found.Text) is { } account => new VariableValue.Known(account),
            MetadataReply.Trouble trouble => new VariableValue.Undefined(trouble.Message, trouble.Remedy),
            _ => new VariableValue.Undefined($"the instance metadata has no `{path}` that says `instance.{name}`", "say the value with `vars:`"),
        };
    }

    private VariableValue Tag(string tag, Patience patience) => _service.Get(Tags + Uri.EscapeDataString(tag), patience) switch
    {
        MetadataReply.Found found => new VariableValue.Known(found.Text),
        MetadataReply.Absent => NoTag(tag, _service.Get(Tags, patience)),
        MetadataReply.Trouble trouble => new VariableValue.Undefined(trouble.Message, trouble.Remedy),
        var other => throw new InvalidOperationException($"unhandled {other}"),
    };

    /// <summary>Where the list of tags is absent, too, they are not in the metadata at all.</summary>
    private static VariableValue.Undefined NoTag(string tag, MetadataReply list)
    {
        if (list is not MetadataReply.Found { Text: var text })
        {
            return new VariableValue.Undefined(
                $"the tag `{tag}` cannot be read: this instance's tags are not in its metadata",
                "launch template: MetadataOptions, InstanceMetadataTags: enabled; now: `aws ec2 modify-instance-metadata-options --instance-metadata-tags enabled --instance-id ...`");
        }

        var tags = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new VariableValue.Undefined(
            $"this instance has no tag `{tag}`",
            Suggestion.Nearest(tag, tags) is { } nearest ? $"did you mean `{nearest}`?" : $"its tags: {string.Join(", ", tags.Take(30))}");
    }

    private static string? Account(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("accountId", out var account)
                && account.ValueKind == JsonValueKind.String ? account.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
