using System.Buffers;
using System.Text;

namespace HookRunner.SystemTests.Support;

/// <summary>1.8: lines of any length, counted in characters; a line that ends in invalid UTF-8 kills its reading thread.</summary>
internal sealed class AgentLog18 : AgentLog
{
    /// <summary>The sum stays below 2,048 (hook_executor.rb:21).</summary>
    protected override DiagnosticsWindow Entries { get; } = new(2047, CountCharacters);

    protected override int LongestLine => Array.MaxLength;

    protected override byte[] Entry(string prefix, byte[] line, bool terminated) =>
        [.. Encoding.UTF8.GetBytes(prefix), .. line, .. terminated ? "\n"u8 : default];

    /// <summary>Ruby's `strip` (hook_executor.rb:306) looks at the last character that is neither blank nor NUL.</summary>
    protected override string? Refusal(byte[] line)
    {
        var text = line.AsSpan().TrimEnd("\0\t\n\v\f\r "u8);
        var last = Rune.DecodeLastFromUtf8(text, out _, out _);
        return text.IsEmpty || last == OperationStatus.Done
            ? null
            : "ArgumentError with message invalid byte sequence in UTF-8";
    }

    /// <summary>As Ruby counts: an invalid byte is a character of its own.</summary>
    private static int CountCharacters(byte[] entry)
    {
        var count = 0;
        for (var rest = entry.AsSpan(); !rest.IsEmpty; count++)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var length);
            rest = rest[(status == OperationStatus.Done ? length : 1)..];
        }

        return count;
    }
}
