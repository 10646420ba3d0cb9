using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Why the YAML reader gave up, before it is put into words for a person.</summary>
/// <param name="Source">The text.</param>
/// <param name="Index">The character at which the reader says it failed.</param>
/// <param name="End">The character the reader had come to.</param>
/// <param name="Reason">The reader's own words.</param>
internal sealed record YamlSyntaxError(SourceText Source, int Index, int End, string Reason);

/// <summary>Words for a mistake that a language knows better than YAML does; null: the general words serve.</summary>
internal delegate Diagnostic? YamlTrap(YamlSyntaxError error);
