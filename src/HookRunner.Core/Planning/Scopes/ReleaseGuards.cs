using System.Collections.Immutable;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>What the conditions around a step make certain: that a live release is there, and a previous one.</summary>
internal readonly record struct ReleaseGuards(bool Live, bool Previous)
{
    /// <summary>`unless: first_release` guards both; `when: { exists: "${link}" }` guards the live one.</summary>
    public ReleaseGuards With(YamlNode? when, YamlNode? unless, string? link)
    {
        var notFirst = unless is YamlScalar { Text: "first_release" } || (unless as YamlMap)?.Find("first_release") is not null;
        var linkExists = Texts((when as YamlMap)?["exists"]).Any(text => text == "${link}" || text == link)
            || Texts((unless as YamlMap)?["missing"]).Any(text => text == "${link}" || text == link);
        return new ReleaseGuards(Live || notFirst || linkExists, Previous || notFirst);
    }

    private static IEnumerable<string> Texts(YamlNode? node) =>
        (node is YamlList list ? list.Items : node is null ? ImmutableArray<YamlNode>.Empty : [node]).OfType<YamlScalar>().Select(item => item.Text);
}
