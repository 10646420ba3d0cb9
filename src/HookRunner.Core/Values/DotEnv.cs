using System.Buffers;
using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Values;

/// <summary>
/// Files of `NAME=value` lines: the value as it stands, one pair of quotes removed; `export ` and `#` lines allowed; no
/// expansion and nothing ever run.
/// </summary>
internal static class DotEnv
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=@%+,-");

    /// <summary>The pairs in order, later ones of a name included; what is no such line is reported with its place.</summary>
    public static ImmutableArray<(string Name, string Value)> Read(SourceText source, DiagnosticBag diagnostics)
    {
        var pairs = ImmutableArray.CreateBuilder<(string Name, string Value)>();
        var number = 0;
        foreach (var raw in source.Content.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (Pair(line) is { } pair)
            {
                pairs.Add(pair);
                continue;
            }

            diagnostics.Error(new SourceLocation(source, number, 1 + raw.IndexOf(line[0])),
                "this is no line of an env_file; expected `NAME=value`, `export NAME=value` or a `#` line");
        }

        return pairs.ToImmutable();
    }

    /// <summary>
    /// A line that <see cref="Read"/> gives the same value for, and so do shells and the usual libraries: quoted where
    /// something in it would mean more than itself, in quotes that it does not hold. Null for a value of several lines.
    /// </summary>
    public static string? Line(string name, string value)
    {
        if (value.AsSpan().IndexOfAny("\n\r\0\u0085\u2028\u2029\v\f") >= 0)
        {
            return null;
        }

        var isPlain = !value.AsSpan().ContainsAnyExcept(Plain);
        var quote = isPlain ? ""
            : !value.Contains('\'', StringComparison.Ordinal) ? "'"
            : value.AsSpan().IndexOfAny("\"$`\\") < 0 || NeedsQuotes(value) ? "\""
            : "";
        return $"{name}={quote}{value}{quote}";
    }

    /// <summary>Read would take something of it away.</summary>
    private static bool NeedsQuotes(string value) =>
        char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) || (value[0] is '"' or '\'' && value[^1] == value[0]);

    private static (string Name, string Value)? Pair(ReadOnlySpan<char> line)
    {
        var rest = line.StartsWith("export ") ? line["export ".Length..].TrimStart() : line;
        var equals = rest.IndexOf('=');
        if (equals < 1 || !VariableName.IsVariable(rest[..equals]) || rest.Contains('\0'))
        {
            return null;
        }

        return (rest[..equals].ToString(), Unquoted(rest[(equals + 1)..]).ToString());
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value) =>
        value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
