using System.Collections.Immutable;

namespace HookRunner.Host.Steps.Http;

/// <summary>An answer, as far as it was read.</summary>
/// <param name="StatusLine">As it came: `HTTP/1.1 503 Service Unavailable`.</param>
/// <param name="Body">Decoded as UTF-8; at most <see cref="HttpBody.Limit"/> bytes of it.</param>
internal sealed record HttpReply(string StatusLine, int Status, ImmutableArray<(string Name, string Value)> Headers, string Body)
{
    private const int ShownLines = 6, ShownWidth = 160;

    /// <summary>The first value of a header; names compare without case.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Status line and first lines of the body, for a person.</summary>
    public ImmutableArray<string> Shown() =>
    [
        StatusLine,
        .. Body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(ShownLines)
            .Select(line => line.Length > ShownWidth ? line[..ShownWidth] + "..." : line),
    ];
}

/// <summary>What came of one try. A closed set.</summary>
internal abstract record HttpTry
{
    private HttpTry()
    {
    }

    internal sealed record Answered(HttpReply Reply, Uri From) : HttpTry;

    /// <param name="IsRefused">Nothing listens there.</param>
    /// <param name="IsHopeless">No further try can end otherwise.</param>
    internal sealed record NoAnswer(string Reason, string? Hint = null, bool IsRefused = false, bool IsHopeless = false) : HttpTry;
}
