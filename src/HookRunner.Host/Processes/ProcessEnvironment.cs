using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>The mark that every program of a step gets, and all that it starts: HOOKRUNNER_STEP in its environment.</summary>
internal static class ProcessEnvironment
{
    public const string StepVariable = "HOOKRUNNER_STEP";

    private static ReadOnlySpan<byte> StepEntry => "HOOKRUNNER_STEP="u8;

    /// <summary>
    /// What a process was started with; null where it has no such variable, is another user's and we are not root, or has gone.
    /// </summary>
    public static string? StepOf(int id)
    {
        ReadOnlySpan<byte> environment = ProcFile.ReadAll(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ"));
        foreach (var range in environment.Split((byte)0))
        {
            var entry = environment[range];
            if (entry.StartsWith(StepEntry))
            {
                return Encoding.UTF8.GetString(entry[StepEntry.Length..]);
            }
        }

        return null;
    }
}
