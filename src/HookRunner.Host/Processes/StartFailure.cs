using System.ComponentModel;
using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// Why a program could not be started, in words that say what to do. The kernel gives one number for many causes (a missing
/// working directory, program, interpreter and loader are all ENOENT), so the causes are looked for, in the order in which
/// the start would have met them.
/// </summary>
internal static class StartFailure
{
    private const int NotFound = 127, NotRunnable = 126;

    public static ProcessEnd.NotStarted NoSuchProgram(ProcessRequest request) => new(
        $"`{request.Program}` was not found on PATH ({request.Environment.GetValueOrDefault("PATH", "")})",
        "install it, or add its folder with `path:`",
        NotFound);

    public static ProcessEnd.NotStarted NotRoot(UserAccount user) => Refused(
        $"hookrunner runs as `{Users.Current().Name}`, which cannot start programs as `{user.Name}`",
        "run it as root (the agent's default), or leave `user:` out");

    /// <summary>A NUL byte would cut a text short without a word (execve(2) takes C strings); null where there is none.</summary>
    public static ProcessEnd.NotStarted? CutText(ProcessRequest request) =>
        request.Arguments.FirstOrDefault(HasNul) is { } argument
            ? Refused($"the argument `{argument.Replace("\0", "\\0", StringComparison.Ordinal)}` holds a NUL byte, which no program can be given")
            : request.Environment.FirstOrDefault(entry => HasNul(entry.Value)).Key is { } name
                ? Refused($"the value of `{name}` holds a NUL byte, which no program can be given")
                : null;

    public static ProcessEnd.NotStarted OpenFilesAbove(int wanted, ulong hardLimit) => Refused(
        string.Create(CultureInfo.InvariantCulture, $"`nofile: {wanted}` is above this host's hard limit of {hardLimit}"),
        "ask for less, or raise LimitNOFILE of the agent's unit");

    public static ProcessEnd.NotStarted Explain(string path, ProcessRequest request, Win32Exception failure)
    {
        var user = request.User ?? Users.Current();
        return WorkingDirectory(request.WorkingDirectory, user)
            ?? Program(path, user)
            ?? failure.NativeErrorCode switch
            {
                Errno.ENOENT => StartFailureOfFile.Missing(path),
                Errno.EACCES => StartFailureOfFile.Denied(path, user),
                Errno.ENOEXEC => StartFailureOfFile.NotAProgram(path),
                Errno.E2BIG => TooLong(request),
                Errno.ETXTBSY => Refused($"`{path}` is open for writing", "start it after what writes it has closed it"),
                Errno.EAGAIN or Errno.ENOMEM => Refused(
                    $"no new process could be made: {Errno.Describe(failure.NativeErrorCode)}",
                    "the host is out of memory or processes, or its user is at a limit (`ulimit -u`, TasksMax)"),
                0 => Refused($"`{path}` cannot be started: {failure.Message}"),
                var number => Refused($"`{path}` cannot be started: {Errno.Describe(number)}"),
            };
    }

    private static ProcessEnd.NotStarted? WorkingDirectory(string path, UserAccount user)
    {
        if (FileStatus.Followed(path, out var status) is { } error)
        {
            return error.Number == Errno.ENOENT
                ? Refused($"the working directory `{path}` does not exist", "make it in a step before (`directory:`), or correct `cwd:`")
                : Refused($"the working directory `{path}` cannot be used: {Errno.Describe(error.Number)}");
        }

        if (!status.IsDirectory)
        {
            return Refused($"the working directory `{path}` is not a directory");
        }

        return PathAccess.FirstClosedFolder(path, user) is { } closed
            ? Refused($"user `{user.Name}` cannot enter {closed}, which its working directory `{path}` needs", "give x there, or set `cwd:`")
            : null;
    }

    private static ProcessEnd.NotStarted? Program(string path, UserAccount user)
    {
        if (FileStatus.Followed(path, out var status) is { Number: Errno.ENOENT or Errno.ENOTDIR })
        {
            var isLink = FileStatus.Of(path, out var link) is null && link.IsLink;
            return new ProcessEnd.NotStarted(
                isLink ? $"`{path}` is a link to nothing (`{File.ResolveLinkTarget(path, false)?.FullName}`)" : $"`{path}` does not exist",
                null,
                NotFound);
        }

        if (status.IsDirectory)
        {
            return Refused($"`{path}` is a directory, not a program");
        }

        return Path.GetDirectoryName(path) is { } folder && PathAccess.FirstClosedFolder(folder, user) is { } closed
            ? Refused($"user `{user.Name}` cannot enter {closed} to reach `{path}`", "give x there, or move the program")
            : null;
    }

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    // execve(2): all together at most a quarter of the stack limit, one text at most 32 pages.
    private static ProcessEnd.NotStarted TooLong(ProcessRequest request)
    {
        var arguments = request.Arguments.Sum(argument => (long)System.Text.Encoding.UTF8.GetByteCount(argument) + 1);
        var environment = request.Environment.Sum(entry => (long)System.Text.Encoding.UTF8.GetByteCount(entry.Key + entry.Value) + 2);
        return Refused(
            string.Create(CultureInfo.InvariantCulture, $"too much text for a new program: {arguments} bytes of arguments, {environment} of environment"),
            "one text may have 128 KiB, all together about 2 MiB: pass a file instead");
    }

    internal static ProcessEnd.NotStarted Refused(string reason, string? hint = null) => new(reason, hint, NotRunnable);
}
