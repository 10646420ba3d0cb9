using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Why the YAML reader gave up, before it is put into words for a person.</summary>
/// <param name="Source">The text as written.</param>
/// <param name="Index">The character at which the reader says it failed.</param>
/// <param name="End">The character the reader had come to.</param>
/// <param name="Reason">The reader's own words.</param>
internal sealed record YamlSyntaxError(SourceText Source, int Index, int End, string Reason)
{
    /// <summary>True where the reader's words hold this text, case aside.</summary>
    public bool Says(string text) => Reason.Contains(text, StringComparison.OrdinalIgnoreCase);

    public Diagnostic At(int index, string message, string? remedy = null) =>
        new(Severity.Error, Source.At(index), message, remedy);
}

/// <summary>Words for a syntax error.</summary>
/// <param name="Diagnostic">What is said.</param>
/// <param name="Repair">What the person most likely forgot: with it, reading goes on and finds what else is wrong.</param>
internal sealed record YamlExplanation(Diagnostic Diagnostic, ImmutableArray<YamlEdit> Repair)
{
    /// <summary>Without a repair: reading ends here.</summary>
    public static YamlExplanation? Of(Diagnostic? diagnostic) => diagnostic is null ? null : new YamlExplanation(diagnostic, []);
}

/// <summary>A change of the text as written: some characters from <paramref name="Index"/> on give way to others.</summary>
internal readonly record struct YamlEdit(int Index, int Removed, string Inserted);

/// <summary>Words for a mistake that a language knows better than YAML does; null: the general words serve.</summary>
internal delegate YamlExplanation? YamlTrap(YamlSyntaxError error);
