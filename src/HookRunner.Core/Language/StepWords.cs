using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Language;

/// <summary>The words that make a mapping a step.</summary>
internal static class StepWords
{
    /// <summary>`use: LIST`: a named list in this place.</summary>
    public const string Use = "use";

    /// <summary>`steps: [...]`: a group in this place.</summary>
    public const string Steps = "steps";

    /// <summary>Kinds of the language, so that one which this version lacks is not called misspelt.</summary>
    private static readonly ImmutableArray<string> OfLanguage =
    [
        "run", "exec", "script", "service", "release", "link", "http", "wait_for", "directory", "file", "copy", "move", "permissions",
        "remove", "stop_process", "background", "config", "container", "compose", "report",
    ];

    /// <summary>True for a kind, known to this version or not, and for `use` and `steps`.</summary>
    public static bool Contains(string word, ImmutableArray<StepKind> kinds) => IsHere(word, kinds) || OfLanguage.Contains(word);

    /// <summary>True where this version can act on it.</summary>
    public static bool IsHere(string word, ImmutableArray<StepKind> kinds) =>
        word is Use or Steps || kinds.Any(kind => kind.Name == word);

    public static ImmutableArray<string> All(ImmutableArray<StepKind> kinds) => [.. kinds.Select(kind => kind.Name), Use, Steps];
}
