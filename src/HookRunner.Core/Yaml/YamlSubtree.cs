namespace HookRunner.Core.Yaml;

/// <summary>A finished node with what it weighs when every alias in it is written out.</summary>
/// <param name="Node">The node, shared by all aliases of its anchor.</param>
/// <param name="Nodes">Nodes in it, itself counted.</param>
/// <param name="Height">Levels of lists and mappings: 0 for text.</param>
internal sealed record YamlSubtree(YamlNode Node, int Nodes, int Height);
