using System.ComponentModel;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Why a program could not be started, in words that say what to do: the kernel gives one number for many causes.</summary>
internal static class StartFailure
{
    private const int NotFound = 127, NotRunnable = 126;

    public static ProcessEnd.NotStarted NoSuchProgram(ProcessRequest request) => new(
        $"`{request.Program}` was not found on PATH ({request.Environment.GetValueOrDefault("PATH", "")})",
        "install it, or add its folder with `path:`",
        NotFound);

    public static ProcessEnd.NotStarted Explain(string path, ProcessRequest request, Win32Exception failure) =>
        failure.NativeErrorCode == Errno.ENOENT && !File.Exists(path)
            ? new ProcessEnd.NotStarted($"`{path}` does not exist", null, NotFound)
            : new ProcessEnd.NotStarted($"`{path}` cannot be started: {Errno.Describe(failure.NativeErrorCode)}", null, NotRunnable);
}
