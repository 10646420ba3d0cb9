using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HookRunner.Host.Steps.Http;

/// <summary>What an answer must be like, all known.</summary>
internal sealed record HttpExpectation
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>Each `200` or `2xx`.</summary>
    public required ImmutableArray<string> Status { get; init; }

    /// <summary>What its body must contain.</summary>
    public string? Body { get; init; }

    /// <summary>What its body must match somewhere; takes linear time.</summary>
    public string? Matches { get; init; }

    /// <summary>Dotted paths into its JSON, and the value each must have.</summary>
    public ImmutableArray<(string Path, string Value)> Json { get; init; } = [];

    public static bool IsStatus(string text) =>
        text.Length == 3 && text[0] is >= '1' and <= '5' && (text[1..] == "xx" || (char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2])));

    /// <summary>Null where all holds; else the first thing that does not.</summary>
    public string? WhyNot(HttpReply reply)
    {
        var status = reply.Status.ToString(CultureInfo.InvariantCulture);
        if (!Status.Any(wanted => wanted == status || (wanted.EndsWith("xx", StringComparison.Ordinal) && wanted[0] == status[0])))
        {
            var location = reply.Status is >= 300 and < 400 && reply.Header("Location") is { } to ? $" (it sends on to {to})" : "";
            return $"status {status}{location}, not {string.Join(" or ", Status)}";
        }

        if (Body is { } text && !reply.Body.Contains(text, StringComparison.Ordinal))
        {
            return $"status {status}, but its body does not contain `{text}`";
        }

        if (Matches is { } pattern && !Regex.IsMatch(reply.Body, pattern, Options))
        {
            return $"status {status}, but its body does not match `{pattern}`";
        }

        return Json.Select(item => JsonField.WhyNot(reply.Body, item.Path, item.Value)).FirstOrDefault(reason => reason is not null);
    }
}
