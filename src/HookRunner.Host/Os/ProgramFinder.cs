namespace HookRunner.Host.Os;

/// <summary>Finds programs as a shell does, on the PATH that is given. The framework would look beside our own executable.</summary>
internal static class ProgramFinder
{
    private const int ExecutePermission = 1;

    /// <summary>
    /// The absolute path of <paramref name="program"/>: with a slash, itself (relative to <paramref name="workingDirectory"/>),
    /// whether it is there or not; a bare name, the first executable file of that name on <paramref name="path"/>, or null.
    /// </summary>
    public static string? Find(string program, string path, string workingDirectory = "/")
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return Path.IsPathRooted(program) ? program : Path.Join(workingDirectory, program);
        }

        foreach (var range in path.AsSpan().Split(':'))
        {
            // An empty entry means the working directory to a shell; a hook has no use for that surprise.
            var folder = path.AsSpan()[range];
            if (folder.StartsWith('/') && Path.Join(folder, program) is var candidate && IsExecutable(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A file (links followed, no directory) that we may execute; root may if anybody may.</summary>
    public static bool IsExecutable(string path) => File.Exists(path) && Libc.Access(path, ExecutePermission) == 0;
}
