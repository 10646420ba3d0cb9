using System.Text;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Yaml;

/// <summary>Loads texts and shows what came of them.</summary>
internal static class Yml
{
    public static (YamlMap? Map, DiagnosticBag Diagnostics) Load(string text) => Load(Encoding.UTF8.GetBytes(text));

    public static (YamlMap? Map, DiagnosticBag Diagnostics) Load(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        return (YamlLoader.Load("a.yml", bytes, diagnostics), diagnostics);
    }

    /// <summary>A text without a mistake in it.</summary>
    public static YamlMap Map(string text)
    {
        var (map, diagnostics) = Load(text);
        DiagnosticText.Render(diagnostics).Should().BeEmpty();
        return map!;
    }

    public static string Said(string text) => DiagnosticText.Render(Load(text).Diagnostics);

    /// <summary>The places and messages, one a line, without the excerpts.</summary>
    public static string[] Messages(byte[] bytes) =>
        [.. Load(bytes).Diagnostics.Sorted().Select(found => $"{found.Location.Line}:{found.Location.Column} {found.Message}")];

    public static string[] Messages(string text) => Messages(Encoding.UTF8.GetBytes(text));

    /// <summary>The tree in flow form with each node's place: `{a@1:1: x@1:4}`.</summary>
    public static string Shown(YamlNode node) => node switch
    {
        YamlMap map => $"{{{string.Join(", ", map.Entries.Select(entry =>
            $"{entry.Key}@{entry.KeyLocation.Line}:{entry.KeyLocation.Column}: {Shown(entry.Value)}"))}}}@{Place(node)}",
        YamlList list => $"[{string.Join(", ", list.Items.Select(Shown))}]@{Place(node)}",
        YamlScalar scalar => $"{scalar.Text.Replace("\n", "\\n", StringComparison.Ordinal)}@{Place(node)}",
        _ => throw new ArgumentException("no node"),
    };

    private static string Place(YamlNode node) => $"{node.Location.Line}:{node.Location.Column}";
}
