using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes.Background;

/// <summary>
/// hookrunner as the first moment of a program that shall outlive it: a process of its own, which takes a session, user,
/// limits and log, and then becomes the program. systemd starts the same one, so that both ways mean the same. Not for people.
/// </summary>
internal static class BackgroundLauncher
{
    /// <summary>The command that it is started by: WORD PID SPEC LOG, the latter two descriptors of that process; LOG may be -.</summary>
    public const string Word = "__background";

    private const int OpenFiles = 7, Pipe = 13, Refused = 126;

    /// <summary>The words that start it from another process, such as systemd.</summary>
    public static ImmutableArray<string> Words(string executable, FileDescriptor spec, FileDescriptor? log) =>
        [executable, Word, Text(Libc.ProcessId()), Text(spec.Number), log is null ? "-" : Text(log.Number)];

    /// <summary>Where a build needs the shared framework, how the launcher finds it; null for the native one.</summary>
    public static string? Runtime => RuntimeFeature.IsDynamicCodeSupported
        ? Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))
        : null;

    /// <summary>Returns only where the program cannot be started; why is then on stderr.</summary>
    public static int Run(IReadOnlyList<string> words)
    {
        _ = StandardStreams.ClaimKeepingInput();
        var folder = $"/proc/{words[0]}/fd/";
        // Refused where we lead our group already, as under systemd: then we have a session of our own.
        _ = Libc.NewSession();
        if (LaunchSpec.Read(folder + words[1]) is not { } spec)
        {
            return Fail("what to start could not be read: hookrunner has ended meanwhile");
        }

        if ((words[2] == "-" ? null : TakeLog(folder + words[2])) is { } closed)
        {
            return Fail(closed.ToString());
        }

        if (Prepare(spec) is { } error)
        {
            return Fail(error.ToString());
        }

        var failure = Become(spec);
        var explained = StartFailure.Explain(spec.Path, spec.Request, new Win32Exception(failure));
        Fail(explained.Hint is null ? explained.Reason : $"{explained.Reason} ({explained.Hint})");
        return explained.Exit;
    }

    private static PosixError? TakeLog(string path)
    {
        var error = FileDescriptor.Open(path, OpenFlags.ReadWrite | OpenFlags.Append, 0, out var log);
        using (log)
        {
            if (error is null)
            {
                StandardStreams.Lend(log.Number, log.Number);
            }
        }

        return error;
    }

    private static unsafe PosixError? Prepare(LaunchSpec spec)
    {
        // The runtime has raised the soft limit for itself: it is set in any case.
        var limits = stackalloc ulong[2] { spec.Limit.Soft, spec.Limit.Hard };
        if (Libc.SetResourceLimit(OpenFiles, limits) != 0)
        {
            return Error($"set the limit of open files to {spec.Limit.Soft}");
        }

        _ = Libc.Umask(spec.Request.Umask);
        _ = Libc.Signal(Pipe, 0);
        if (spec.Request.User is { } user)
        {
            if (Libc.TakeGroups(user.Name, user.GroupId) != 0 || Libc.BecomeGroup(user.GroupId) != 0 || Libc.BecomeUser(user.Id) != 0)
            {
                return Error($"become user {user.Name}");
            }
        }

        return Libc.ChangeDirectory(spec.Request.WorkingDirectory) == 0 ? null : Error($"enter {spec.Request.WorkingDirectory}");
    }

    private static unsafe int Become(LaunchSpec spec)
    {
        using var arguments = new NativeTexts([spec.Path, .. spec.Request.Arguments]);
        using var variables = new NativeTexts(spec.Request.Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        _ = Libc.Execute(spec.Path, arguments.Pointer, variables.Pointer);
        return Marshal.GetLastPInvokeError();
    }

    private static PosixError Error(string call) => new(call, Marshal.GetLastPInvokeError());

    private static int Fail(string reason)
    {
        _ = FileDescriptor.Over(2, "stderr").Write(Encoding.UTF8.GetBytes($"hookrunner: {reason}\n"), out _);
        return Refused;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
