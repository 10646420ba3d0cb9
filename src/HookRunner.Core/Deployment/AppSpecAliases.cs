using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>YAML aliases: agent 1.8 refuses them on newer hosts, agent 2.x does not merge `&lt;&lt;`.</summary>
internal static class AppSpecAliases
{
    /// <summary>An alias shares its anchor's node, so a node that is met twice was written once.</summary>
    public static void Check(YamlMap root, DiagnosticBag diagnostics)
    {
        var met = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<YamlNode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            if (!met.Add(node))
            {
                diagnostics.Error(node.Location, "this value is used again through a YAML alias (`*name`), which agent 1.8 refuses on Ruby 3.1 and later",
                    "write it out in every place");
                continue;
            }

            foreach (var child in Children(node))
            {
                open.Push(child);
            }
        }
    }

    private static IEnumerable<YamlNode> Children(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.Select(entry => entry.Value),
        YamlList list => list.Items,
        _ => [],
    };
}
