using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>Errors of the system in the words in which the agent passes them on.</summary>
internal static class RubyError
{
    /// <summary>`Permission denied @ dir_s_mkdir - /a`.</summary>
    /// <param name="function">The function of Ruby that failed: `dir_s_mkdir`, `rb_sysopen`, `apply2files`.</param>
    public static string OfFile(PosixError error, string function, string path) => $"{Parts(error).Meaning} @ {function} - {path}";

    /// <summary>`Errno::EACCES with message Permission denied - /a`.</summary>
    public static string OfStart(PosixError error, string path)
    {
        var (name, meaning) = Parts(error);
        return $"Errno::{name} with message {meaning} - {path}";
    }

    /// <summary>Of `ENOENT (no such file or directory)`, with a capital as strerror(3) has it.</summary>
    private static (string Name, string Meaning) Parts(PosixError error)
    {
        var words = Errno.Describe(error.Number).TrimEnd(')').Split(" (", 2);
        var meaning = words[^1];
        return (words[0], char.ToUpperInvariant(meaning[0]) + meaning[1..]);
    }
}
