using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Language;

/// <summary>A deployment group's name, a glob over it (`*`, `?`), or a regex between slashes. Case matters; the whole name must match.</summary>
internal sealed record GroupPattern
{
    private readonly Regex? _regex;

    private GroupPattern(SourceLocation location, string written, Regex? regex) =>
        (Location, Written, _regex) = (location, written, regex);

    public SourceLocation Location { get; }

    public string Written { get; }

    /// <summary>True where it is one name and nothing else.</summary>
    public bool IsPlain => _regex is null;

    /// <summary>Null after a reported mistake. Matching takes linear time whatever the pattern is.</summary>
    public static GroupPattern? Parse(string text, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (text.Length > 1 && text.StartsWith('/') && text.EndsWith('/'))
        {
            return Compiled($"^(?:{text[1..^1]})$", text, location, diagnostics);
        }

        return text.AsSpan().ContainsAny('*', '?')
            ? Compiled("^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$", text, location, diagnostics)
            : new GroupPattern(location, text, null);
    }

    public bool Matches(string group) => _regex?.IsMatch(group) ?? Written == group;

    /// <summary>The named captures that took part in matching this group.</summary>
    public ImmutableArray<(string Name, string Value)> Captures(string group) =>
        _regex?.Match(group) is { Success: true } match
            ? [.. match.Groups.Cast<Group>().Where(item => item.Success && !char.IsAsciiDigit(item.Name[0])).Select(item => (item.Name, item.Value))]
            : [];

    private static GroupPattern? Compiled(string pattern, string written, SourceLocation location, DiagnosticBag diagnostics)
    {
        try
        {
            return new GroupPattern(location, written, new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            diagnostics.Error(location, $"`{written}` is no usable regex: {e.Message}", "look-around and back-references are not supported");
            return null;
        }
    }
}
