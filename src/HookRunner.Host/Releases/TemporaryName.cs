using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Names for what is about to take another entry's place: `.NAME.hookrunner-PID-START`. They say whose they are, so
/// that those of runs that died can be told from those of a run that lives.
/// </summary>
internal static class TemporaryName
{
    private const string Mark = ".hookrunner-";

    /// <summary>A name may have 255 bytes: that of the entry is cut to leave room for the mark, pid and start time.</summary>
    private const int LongestOfEntry = 200;

    public static FileName For(FileName entry) => new(
        [.. "."u8, .. Shortened(entry), .. Encoding.ASCII.GetBytes(Mark), .. Encoding.ASCII.GetBytes(ProcessIdentity.Own.ToString())]);

    /// <summary>Whether a name is one that a run gave for this entry and that run is no more.</summary>
    public static bool IsStale(FileName name, FileName entry)
    {
        var bytes = name.Bytes;
        var own = Shortened(entry);
        if (bytes.Length < own.Length + 1 || bytes[0] != '.' || !bytes[1..].StartsWith(own))
        {
            return false;
        }

        var rest = Encoding.UTF8.GetString(bytes[(own.Length + 1)..]);
        return rest.StartsWith(Mark, StringComparison.Ordinal)
            && ProcessIdentity.Parse(rest[Mark.Length..]) is { } run
            && !run.IsAlive;
    }

    private static ReadOnlySpan<byte> Shortened(FileName entry) => entry.Bytes[..Math.Min(entry.Bytes.Length, LongestOfEntry)];
}
