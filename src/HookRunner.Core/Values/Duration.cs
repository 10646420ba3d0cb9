using System.Globalization;

namespace HookRunner.Core.Values;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>, or a bare number of seconds.</summary>
internal static class Duration
{
    public const string Expected = "a duration such as `500ms`, `30s`, `5m`, `1h30m`, or a number of seconds";

    /// <summary>The longest duration accepted: nothing in a deployment may take longer than a day.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(24);

    /// <summary>Reads a duration of at most <see cref="Longest"/>; units go from large to small, each at most once.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        if (rest.Length is 0 or > 32)
        {
            return false;
        }

        var previous = double.MaxValue;
        var total = 0d;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789");
            var number = digits < 0 ? rest : rest[..digits];
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            rest = rest[number.Length..];
            var isBare = rest.Length == 0 && previous == double.MaxValue;
            var unit = isBare ? (Seconds: 1d, Length: 0) : Unit(rest);
            if (unit.Seconds >= previous || unit.Seconds == 0)
            {
                return false;
            }

            rest = rest[unit.Length..];
            previous = unit.Seconds;
            total += count * unit.Seconds;
        }

        if (total > Longest.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(total);
        return true;
    }

    /// <summary>The shortest exact form: <c>1h30m</c>, <c>45s</c>, <c>250ms</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = string.Concat(
            Part((long)duration.TotalHours, "h"),
            Part(duration.Minutes, "m"),
            Part(duration.Seconds, "s"),
            Part(duration.Milliseconds, "ms"));
        return text.Length == 0 ? "0s" : text;
    }

    private static string Part(long count, string unit) =>
        count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture) + unit;

    private static (double Seconds, int Length) Unit(ReadOnlySpan<char> text) => text switch
    {
        ['m', 's', ..] => (0.001, 2),
        ['s', ..] => (1, 1),
        ['m', ..] => (60, 1),
        ['h', ..] => (3600, 1),
        _ => (0, 0),
    };
}
