namespace HookRunner.Core.Planning;

/// <summary>The default name of a step: the kind and its main value, on one line.</summary>
internal static class StepName
{
    private const int Longest = 60;

    public static string Of(string kind, string subject)
    {
        var text = subject.AsSpan().Trim();
        var lineEnd = text.IndexOfAny('\n', '\r');
        var line = lineEnd < 0 ? text : text[..lineEnd].TrimEnd();
        var name = $"{kind} {line}".TrimEnd();
        var isCut = lineEnd >= 0 || name.Length > Longest;
        return isCut ? string.Concat(Start(name), "...") : name;
    }

    private static ReadOnlySpan<char> Start(string name)
    {
        if (name.Length <= Longest - 3)
        {
            return name;
        }

        var end = Longest - 3;
        return name.AsSpan(0, char.IsHighSurrogate(name[end - 1]) ? end - 1 : end).TrimEnd();
    }
}
