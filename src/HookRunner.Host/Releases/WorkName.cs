using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Names of directories that are not whole, or no longer: no release is ever looked for under them, and what a killed
/// run left there is swept by the next.
/// </summary>
internal static class WorkName
{
    private const string Prefix = ".hookrunner-";

    /// <summary>A name may have 255 bytes; that of the entry is cut to leave room for the prefix.</summary>
    private const int LongestOfEntry = 200;

    /// <summary>Being copied: perhaps half.</summary>
    public static FileName Copy(FileName release) => Of("copy-", release);

    /// <summary>Whole, and being given its owner and its shared paths.</summary>
    public static FileName Staged(FileName release) => Of("staged-", release);

    /// <summary>Being removed: perhaps half. A number tells it from one that an earlier run did not come to remove.</summary>
    public static FileName Removed(FileName entry, int number = 1)
    {
        var name = Of("removed-", entry);
        return number == 1 ? name : new([.. name.Bytes, (byte)'.', .. Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))]);
    }

    public static bool IsRemoved(FileName name, FileName entry)
    {
        var removed = Removed(entry).Bytes;
        var rest = name.Bytes.StartsWith(removed) ? name.Bytes[removed.Length..] : "no"u8;
        return rest.IsEmpty || (rest[0] == '.' && !rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));
    }

    /// <summary>What a release brought under the name of a shared path.</summary>
    public static FileName Aside { get; } = new(Prefix + "aside");

    public static bool Is(FileName name) => name.Bytes.StartsWith(".hookrunner-"u8);

    private static FileName Of(string purpose, FileName entry) =>
        new([.. Encoding.ASCII.GetBytes(Prefix + purpose), .. entry.Bytes[..Math.Min(entry.Bytes.Length, LongestOfEntry)]]);
}
