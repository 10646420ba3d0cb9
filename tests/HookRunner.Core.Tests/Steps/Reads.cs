using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Steps;

/// <summary>Pieces of YAML for the readers of single keys.</summary>
internal static class Reads
{
    /// <summary>What stands under `key:`.</summary>
    public static YamlNode Node(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlLoader.Load(new SourceText("t.yml", $"key: {yaml}"), diagnostics)!;
        diagnostics.Sorted().Should().BeEmpty();
        return root["key"]!;
    }

    public static IEnumerable<string> Said(DiagnosticBag diagnostics) => diagnostics.Sorted().Select(item => item.Message);
}
