using System.Globalization;

namespace HookRunner.Host.Output;

/// <summary>Sizes for people.</summary>
internal static class ByteCount
{
    /// <summary>`812 bytes`, `1.5 MB` (decimal, as disks are sold and `ls --si` counts).</summary>
    public static string Describe(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
