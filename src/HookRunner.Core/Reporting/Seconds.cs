using System.Globalization;

namespace HookRunner.Core.Reporting;

/// <summary>How long something took, for people: `0.03 s`, `12.4 s`, `3 min 05 s`.</summary>
internal static class Seconds
{
    public static string Format(TimeSpan took) => took.TotalSeconds switch
    {
        < 10 => took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        < 60 => took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)took.TotalMinutes} min {took.Seconds:00} s"),
    };
}
