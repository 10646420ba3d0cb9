using System.Globalization;

namespace HookRunner.Core.Values;

/// <summary>A number of bytes: digits, and a power of 1,024 as <c>K</c>, <c>M</c>, <c>G</c> or <c>T</c>, with or without <c>B</c> or <c>iB</c>.</summary>
internal static class ByteCount
{
    public const string Expected = "a number of bytes such as `500M` or `2G`";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExcept("0123456789");
        var number = digits < 0 ? text.AsSpan() : text.AsSpan(0, digits);
        if (Shift(text.AsSpan(number.Length)) is not { } shift
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = count << shift;
        return true;
    }

    private static int? Shift(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "B" => 0,
        "K" or "KB" or "KiB" => 10,
        "M" or "MB" or "MiB" => 20,
        "G" or "GB" or "GiB" => 30,
        "T" or "TB" or "TiB" => 40,
        _ => null,
    };
}
