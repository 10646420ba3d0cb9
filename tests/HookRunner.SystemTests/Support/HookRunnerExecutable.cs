namespace HookRunner.SystemTests.Support;

/// <summary>
/// The executable under test: the one that HOOKRUNNER_EXECUTABLE names (the published one, in CI), else the one that was
/// built for the tests and needs the .NET runtime.
/// </summary>
internal static class HookRunnerExecutable
{
    public static string Path { get; } = Find();

    /// <summary>True for the published executable: one file, which needs no runtime.</summary>
    public static bool IsNative { get; } = !File.Exists(System.IO.Path.ChangeExtension(Path, ".dll"));

    /// <summary>
    /// Puts it into a folder. A hard link where possible; the one that needs the runtime only finds its libraries through
    /// a symbolic link.
    /// </summary>
    public static void PlaceAt(string path)
    {
        if (!IsNative)
        {
            File.CreateSymbolicLink(path, Path);
        }
        else if (Posix.Link(Path, path) != 0)
        {
            File.Copy(Path, path);
        }
    }

    private static string Find()
    {
        var named = Environment.GetEnvironmentVariable("HOOKRUNNER_EXECUTABLE");
        var path = string.IsNullOrEmpty(named)
            ? System.IO.Path.Join(AppContext.BaseDirectory, "hookrunner")
            : System.IO.Path.GetFullPath(named);
        return File.Exists(path) ? path : throw new FileNotFoundException($"no executable to test at {path}");
    }
}
