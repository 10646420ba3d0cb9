using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>A deployment group's name, a glob over it (`*`, `?`), or a regex between slashes. Case matters; the whole name must match.</summary>
internal sealed record GroupPattern
{
    private readonly Regex? _regex;
    private readonly bool _isGlob;

    private GroupPattern(SourceLocation location, string written, Regex? regex) =>
        (Location, Written, _regex, _isGlob) = (location, written, regex, regex is null && Glob.IsGlob(written));

    public SourceLocation Location { get; }

    public string Written { get; }

    /// <summary>True where it is one name and nothing else.</summary>
    public bool IsPlain => _regex is null && !_isGlob;

    /// <summary>The names of a regex's captures, whether or not they take part in a match.</summary>
    public IEnumerable<string> CaptureNames => _regex?.GetGroupNames().Where(IsNamed) ?? [];

    /// <summary>Null after a reported mistake. Matching takes linear time whatever the pattern is.</summary>
    public static GroupPattern? Parse(string text, SourceLocation location, DiagnosticBag diagnostics) =>
        text.Length > 1 && text.StartsWith('/') && text.EndsWith('/')
            ? Compiled(text[1..^1], text, location, diagnostics)
            : new GroupPattern(location, text, null);

    public bool Matches(string group) =>
        _regex?.IsMatch(group) ?? (_isGlob ? Glob.Matches(Written, group) : Written == group);

    /// <summary>The named captures that took part in matching this group.</summary>
    public ImmutableArray<(string Name, string Value)> Captures(string group) =>
        _regex?.Match(group) is { Success: true } match
            ? [.. match.Groups.Cast<Group>().Where(item => item.Success && IsNamed(item.Name)).Select(item => (item.Name, item.Value))]
            : [];

    private static bool IsNamed(string capture) => !char.IsAsciiDigit(capture[0]);

    /// <summary>
    /// Compiled when the file is read: choosing the environment tests every pattern anyway, and a file without a regex
    /// never touches the engine. The text is tried alone first, since `a)|(b` would otherwise close the outer group.
    /// </summary>
    private static GroupPattern? Compiled(string regex, string written, SourceLocation location, DiagnosticBag diagnostics)
    {
        try
        {
            _ = new Regex(regex, RegexOptions.CultureInvariant);
            return new GroupPattern(location, written,
                new Regex($@"\A(?:{regex})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (NotSupportedException)
        {
            diagnostics.Error(location, $"`{written}` needs more than linear time to match", "write it without look-around, back-references and atomic groups");
        }
        catch (ArgumentException e)
        {
            diagnostics.Error(location, $"`{written}` is no regex: {Reason(e.Message)}",
                regex.Contains("(?P<", StringComparison.Ordinal) ? "a named capture is written `(?<name>...)`" : null);
        }

        return null;
    }

    /// <summary>The framework's message without the pattern that it repeats.</summary>
    private static string Reason(string message)
    {
        var at = message.LastIndexOf("' at offset ", StringComparison.Ordinal);
        return at < 0 ? message : message[(at + 2)..].TrimEnd('.');
    }
}
