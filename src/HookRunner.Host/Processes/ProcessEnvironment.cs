using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>The mark that every program of a step gets, and all that it starts: HOOKRUNNER_STEP in its environment.</summary>
internal static class ProcessEnvironment
{
    public const string StepVariable = "HOOKRUNNER_STEP";

    /// <summary>The mark of what a `background` step started: the name it is known by, a blank, and what it was started with.</summary>
    public const string BackgroundVariable = "HOOKRUNNER_BACKGROUND";

    private static ReadOnlySpan<byte> StepEntry => "HOOKRUNNER_STEP="u8;

    private static ReadOnlySpan<byte> BackgroundEntry => "HOOKRUNNER_BACKGROUND="u8;

    /// <summary>
    /// What a process was started with; null where it has no such variable, is another user's and we are not root, or has gone.
    /// </summary>
    public static string? StepOf(int id) => Find(id, StepEntry);

    /// <summary>As <see cref="StepOf"/>.</summary>
    public static string? BackgroundOf(int id) => Find(id, BackgroundEntry);

    private static string? Find(int id, ReadOnlySpan<byte> wanted)
    {
        ReadOnlySpan<byte> environment = ProcFile.ReadAll(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ"));
        foreach (var range in environment.Split((byte)0))
        {
            var entry = environment[range];
            if (entry.StartsWith(wanted))
            {
                return Encoding.UTF8.GetString(entry[wanted.Length..]);
            }
        }

        return null;
    }
}
