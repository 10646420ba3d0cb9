using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>What in a program's own file keeps it from starting: its permissions, its `#!` line, its architecture, its loader.</summary>
internal static class StartFailureOfFile
{
    /// <summary>ENOENT although the file is there: something that it names is not.</summary>
    public static ProcessEnd.NotStarted Missing(string path) => ProgramFile.Read(path) switch
    {
        ProgramFile.Script { EndsWithCarriageReturn: true } script => StartFailure.Refused(
            $"the `#!` line of `{path}` ends with a carriage return, so the kernel looks for `{script.Interpreter}\\r`",
            $"save it with LF line ends (`sed -i 's/\\r$//'`; `*.sh text eol=lf` in .gitattributes)"),
        ProgramFile.Script script => StartFailure.Refused(
            $"`{path}` needs the interpreter `{script.Interpreter}`, which this host does not have",
            "install it, or correct the `#!` line"),
        ProgramFile.Binary { Loader: { } loader } => StartFailure.Refused(
            $"`{path}` needs the loader `{loader}`, which this host does not have",
            loader.Contains("musl", StringComparison.Ordinal)
                ? "it was built for Alpine (musl); build it for glibc, or statically"
                : "it was built for another distribution; build it for this one, or statically"),
        _ => StartFailure.Refused($"`{path}` cannot be started: {Errno.Describe(Errno.ENOENT)}"),
    };

    /// <summary>EACCES although every folder is open.</summary>
    public static ProcessEnd.NotStarted Denied(string path, UserAccount user)
    {
        _ = FileStatus.Followed(path, out var status);
        if (!status.IsFile)
        {
            return StartFailure.Refused($"`{path}` is not a regular file");
        }

        if (!PathAccess.MayExecute(status, user))
        {
            return StartFailure.Refused(
                $"{PathAccess.Describe(path, status)} is not executable by user `{user.Name}`", $"`chmod +x` it, in the repository too");
        }

        if (PathAccess.MountWithoutExecution(path) is { } mount)
        {
            return StartFailure.Refused($"`{path}` lies on `{mount}`, which is mounted noexec", "move it, or start it through its interpreter");
        }

        return ProgramFile.Read(path) is ProgramFile.Script script
            ? StartFailure.Refused($"the interpreter `{script.Interpreter}` of `{path}` may not be executed by user `{user.Name}`")
            : StartFailure.Refused($"`{path}` cannot be started: {Errno.Describe(Errno.EACCES)}", "a security module (SELinux, AppArmor) may have refused it");
    }

    /// <summary>ENOEXEC: the kernel knows no way to run it.</summary>
    public static ProcessEnd.NotStarted NotAProgram(string path) => ProgramFile.Read(path) switch
    {
        ProgramFile.Empty => StartFailure.Refused($"`{path}` is empty"),
        ProgramFile.Binary { IsForThisHost: false } binary => StartFailure.Refused(
            $"`{path}` is built for {binary.Machine}; this host is {ElfMachine.Name(ElfMachine.ThisHost)}",
            "put a build for this architecture into the bundle"),
        ProgramFile.Text => StartFailure.Refused(
            $"`{path}` has no `#!` line and is no binary", "give it one, such as `#!/bin/sh`, or run it with `script:`"),
        _ => StartFailure.Refused($"`{path}` is no program that this host can run"),
    };
}
