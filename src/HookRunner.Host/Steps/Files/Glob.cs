using System.Text;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// A pattern over one name, as a shell has it: `*`, `?`, `[a-z]`, `[!x]`; a leading dot must be written. It works on
/// bytes, since names need not be text; `?` takes one character where they are.
/// </summary>
internal sealed class Glob(string pattern)
{
    private readonly byte[] _pattern = Encoding.UTF8.GetBytes(pattern);

    /// <summary>Whether a text is more than a plain name.</summary>
    public static bool Is(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    public bool Matches(ReadOnlySpan<byte> name) =>
        (name is not [(byte)'.', ..] || _pattern is [(byte)'.', ..]) && Matches(_pattern, name);

    /// <summary>Goes back to the last `*` only, so that it takes at most the product of the lengths.</summary>
    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        var (star, resume) = (-1, 0);
        var (p, n) = (0, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, n);
            }
            else if (p < pattern.Length && One(pattern[p..], name[n..]) is var (taken, consumed) && taken > 0)
            {
                (p, n) = (p + taken, n + consumed);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept((byte)'*') < 0;
    }

    /// <summary>How much of the pattern stands for how much of the name; 0: they differ.</summary>
    private static (int Pattern, int Name) One(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name) => pattern[0] switch
    {
        (byte)'?' => (1, Character(name)),
        (byte)'[' when pattern.IndexOf((byte)']') is var end and > 1 => InSet(pattern[1..end], name[0]) ? (end + 1, 1) : (0, 0),
        var literal => literal == name[0] ? (1, 1) : (0, 0),
    };

    private static int Character(ReadOnlySpan<byte> name) =>
        Rune.DecodeFromUtf8(name, out _, out var length) == System.Buffers.OperationStatus.Done ? length : 1;

    private static bool InSet(ReadOnlySpan<byte> set, byte value)
    {
        var isNegated = set is [(byte)'!' or (byte)'^', ..];
        set = isNegated ? set[1..] : set;
        var isIn = false;
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                isIn |= value >= set[i] && value <= set[i + 2];
                i += 2;
            }
            else
            {
                isIn |= value == set[i];
            }
        }

        return isIn != isNegated;
    }
}
