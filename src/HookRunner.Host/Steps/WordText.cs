using System.Buffers;
using System.Collections.Immutable;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps;

/// <summary>Words as a person can tell them apart: quoted, as a shell would want them, only where needed.</summary>
internal static class WordText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=@%+,-");

    public static string Join(ImmutableArray<Template> words) => string.Join(' ', words.Select(word => Quote(word.ToString())));

    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word switch
    {
        Template.Placeholder => word,
        "" => "''",
        _ when !word.AsSpan().ContainsAnyExcept(Plain) => word,
        _ => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'",
    };
}
