using HookRunner.Host.Os;

namespace HookRunner.Simulation.Install;

/// <summary>An error of the system in the words in which the agent passes it on: `Permission denied @ dir_s_mkdir - /a`.</summary>
internal static class RubyError
{
    /// <param name="function">The function of Ruby that failed: `dir_s_mkdir`, `rb_sysopen`, `apply2files`.</param>
    public static InstallException Of(PosixError error, string function, string path)
    {
        var words = Errno.Describe(error.Number);
        var meaning = words.IndexOf('(', StringComparison.Ordinal) is var start and > 0 ? words[(start + 1)..^1] : words;
        return new InstallException($"{char.ToUpperInvariant(meaning[0])}{meaning[1..]} @ {function} - {path}");
    }
}
