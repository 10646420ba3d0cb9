namespace HookRunner.Core.Checking;

/// <summary>Finds a name that two globs both match.</summary>
internal static class GlobMeeting
{
    private const char Any = 'x';

    /// <summary>The shortest one, or null where no name matches both. A name without `*` and `?` is a glob too.</summary>
    public static string? Shortest(string first, string second)
    {
        var seen = new HashSet<(int, int)>();
        var open = new Queue<(int I, int J, string Text)>();
        open.Enqueue((0, 0, ""));
        while (open.TryDequeue(out var state))
        {
            if (state.I == first.Length && state.J == second.Length)
            {
                return state.Text;
            }

            if (seen.Add((state.I, state.J)))
            {
                Skip(first, second, state, open);
                Take(first, second, state, open);
            }
        }

        return null;
    }

    /// <summary>A star stands for nothing: told before longer texts, as the queue keeps lengths in order only for those that take.</summary>
    private static void Skip(string first, string second, (int I, int J, string Text) state, Queue<(int I, int J, string Text)> open)
    {
        if (state.I < first.Length && first[state.I] == '*')
        {
            open.Enqueue((state.I + 1, state.J, state.Text));
        }

        if (state.J < second.Length && second[state.J] == '*')
        {
            open.Enqueue((state.I, state.J + 1, state.Text));
        }
    }

    private static void Take(string first, string second, (int I, int J, string Text) state, Queue<(int I, int J, string Text)> open)
    {
        if (state.I == first.Length || state.J == second.Length)
        {
            return;
        }

        var (a, b) = (first[state.I], second[state.J]);
        var (aIsOpen, bIsOpen) = (a is '*' or '?', b is '*' or '?');
        if ((a == '*' && b == '*') || (!aIsOpen && !bIsOpen && a != b))
        {
            return;
        }

        var letter = !aIsOpen ? a : !bIsOpen ? b : Any;
        open.Enqueue((a == '*' ? state.I : state.I + 1, b == '*' ? state.J : state.J + 1, state.Text + letter));
    }
}
