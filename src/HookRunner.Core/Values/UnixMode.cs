namespace HookRunner.Core.Values;

/// <summary>A file mode: 3 or 4 octal digits, or symbolic such as <c>u=rwX,go=rX</c> or <c>ug+rwX</c>.</summary>
internal readonly record struct UnixMode(string Written, uint? Octal)
{
    public const string Expected = "3 or 4 octal digits such as `0750`, or a symbolic mode such as `ug+rwX`";

    public static bool TryParse(string text, out UnixMode mode)
    {
        mode = default;
        if (text.Length is 3 or 4 && text.All(c => c is >= '0' and <= '7'))
        {
            mode = new UnixMode(text, Convert.ToUInt32(text, 8));
            return true;
        }

        mode = new UnixMode(text, null);
        return text.Length is > 0 and < 64 && text.Split(',').All(IsClause);
    }

    /// <summary>The permission bits after applying this mode to a file that has <paramref name="current"/>.</summary>
    public uint Apply(uint current, bool isDirectory)
    {
        if (Octal is { } octal)
        {
            return octal;
        }

        foreach (var clause in Written.Split(','))
        {
            current = Apply(clause, current, isDirectory);
        }

        return current;
    }

    public override string ToString() => Written;

    private static bool IsClause(string clause)
    {
        var at = clause.AsSpan().IndexOfAny('+', '-', '=');
        return at >= 0
            && !clause.AsSpan(0, at).ContainsAnyExcept("ugoa")
            && !clause.AsSpan(at + 1).ContainsAnyExcept("rwxXst");
    }

    private static uint Apply(string clause, uint current, bool isDirectory)
    {
        var at = clause.AsSpan().IndexOfAny('+', '-', '=');
        var who = at == 0 ? "a" : clause[..at];
        uint bits = 0, mask = 0;
        foreach (var (letter, shift) in new[] { ('u', 6), ('g', 3), ('o', 0) })
        {
            if (who.Contains(letter) || who.Contains('a'))
            {
                mask |= 7u << shift;
                bits |= Permissions(clause[(at + 1)..], current, isDirectory) << shift;
            }
        }

        bits |= Special(clause[(at + 1)..], who);
        return clause[at] switch
        {
            '+' => current | bits,
            '-' => current & ~bits,
            _ => (current & ~mask) | bits,
        };
    }

    private static uint Permissions(string letters, uint current, bool isDirectory)
    {
        uint bits = 0;
        foreach (var letter in letters)
        {
            bits |= letter switch
            {
                'r' => 4u,
                'w' => 2u,
                'x' => 1u,
                'X' => isDirectory || (current & 0b001_001_001) != 0 ? 1u : 0u,
                _ => 0u,
            };
        }

        return bits;
    }

    private static uint Special(string letters, string who)
    {
        var set = letters.Contains('s');
        return (letters.Contains('t') ? 0x200u : 0)
            | (set && (who.Contains('u') || who.Contains('a')) ? 0x800u : 0)
            | (set && (who.Contains('g') || who.Contains('a')) ? 0x400u : 0);
    }
}
