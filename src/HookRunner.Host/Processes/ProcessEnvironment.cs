using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>The environment a process was started with, as the kernel keeps it: entries with a NUL behind each.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Empty where it is another user's and we are not root, or the process has gone.</summary>
    public static byte[] Read(int id) => ProcFile.ReadAll(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ"));

    /// <summary>An entry starts with <paramref name="text"/>, or is it.</summary>
    public static bool Holds(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> text, bool wholeEntry)
    {
        foreach (var range in environment.Split((byte)0))
        {
            var entry = environment[range];
            if (wholeEntry ? entry.SequenceEqual(text) : entry.StartsWith(text))
            {
                return true;
            }
        }

        return false;
    }
}
