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

    /// <summary>Being removed: perhaps half.</summary>
    public static FileName Removed(FileName entry) => Of("removed-", entry);

    /// <summary>What a release brought under the name of a shared path.</summary>
    public static FileName Aside { get; } = new(Prefix + "aside");

    public static bool Is(FileName name) => name.Bytes.StartsWith(".hookrunner-"u8);

    private static FileName Of(string purpose, FileName entry) =>
        new([.. System.Text.Encoding.ASCII.GetBytes(Prefix + purpose), .. entry.Bytes[..Math.Min(entry.Bytes.Length, LongestOfEntry)]]);
}
