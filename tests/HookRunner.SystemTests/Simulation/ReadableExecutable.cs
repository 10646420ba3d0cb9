using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Simulation;

/// <summary>The executable in a place where everybody can read it, wherever the tests were built.</summary>
internal static class ReadableExecutable
{
    private static readonly Lazy<string> Copy = new(Make);

    public static string Path => Copy.Value;

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("hookrunner-readable-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ED);
        var source = System.IO.Path.GetDirectoryName(HookRunnerExecutable.Path)!;
        foreach (var file in HookRunnerExecutable.IsNative ? [HookRunnerExecutable.Path] : Directory.EnumerateFiles(source))
        {
            File.Copy(file, System.IO.Path.Join(folder, System.IO.Path.GetFileName(file)));
        }

        return System.IO.Path.Join(folder, "hookrunner");
    }
}
