using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HookRunner.SystemTests.Support;

/// <summary>A started hook: its two pipes, its end, and the signals an agent sends.</summary>
internal sealed unsafe class HookProcess : IDisposable
{
    private readonly int _handle;
    private readonly HookStream[] _streams;

    private HookProcess(int pid, int output, int error)
    {
        Pid = pid;
        _handle = Posix.OpenProcess(pid);
        Output = new HookStream("[stdout]", output);
        Error = new HookStream("[stderr]", error);
        _streams = [Output, Error];
    }

    /// <summary>Also the id of its process group.</summary>
    public int Pid { get; }

    public HookStream Output { get; }

    public HookStream Error { get; }

    /// <summary>How it ended; null while it runs.</summary>
    public HookExit? Exit { get; private set; }

    /// <exception cref="Win32Exception">The program could not be started: the number says why.</exception>
    public static HookProcess Start(ProcessStart start)
    {
        HookProcess? process = null;
        Win32Exception? failure = null;
        var starter = new Thread(() =>
        {
            try
            {
                process = StartHere(start);
            }
            catch (Win32Exception error)
            {
                failure = error;
            }
        });
        starter.Start();
        starter.Join();
        return process ?? throw failure!;
    }

    /// <summary>Takes in output and the end of the process until <paramref name="done"/> or the time is over.</summary>
    /// <returns>False: the time is over.</returns>
    public bool Follow(TimeSpan time, Func<bool> done)
    {
        var clock = Stopwatch.StartNew();
        while (!done())
        {
            var left = (int)Math.Ceiling(Math.Max((time - clock.Elapsed).TotalMilliseconds, 0));
            if (!WaitOnce(left) && left == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sends a signal to the whole process group. The leader is not reaped before its end was seen.</summary>
    public void SignalGroup(int signal) => _ = Posix.Kill(-Pid, signal);

    /// <summary>Closes the agent's ends: from now on whoever writes meets a broken pipe.</summary>
    public void LetGo() => Array.ForEach(_streams, stream => stream.Close());

    public void Dispose()
    {
        LetGo();
        _ = Posix.Close(_handle);
    }

    /// <summary>
    /// Runs on a thread of its own that has left the shared file-system state (CLONE_FS), so that the child inherits
    /// this thread's working directory and umask while the test host keeps its own.
    /// </summary>
    private static HookProcess StartHere(ProcessStart start)
    {
        Posix.Checked(Posix.Unshare(Posix.CLONE_FS), "unshare");
        Posix.Checked(Posix.ChangeDirectory("/"), "chdir");
        _ = Posix.Umask(start.Umask);
        var input = start.ClosedPipeAsInput ? Posix.Pipe() : (ReadEnd: OpenNull(), WriteEnd: -1);
        _ = Posix.Close(input.WriteEnd);
        var output = Posix.Pipe();
        var error = Posix.Pipe();
        var failed = StartPatiently(start, (input.ReadEnd, output.WriteEnd, error.WriteEnd), out var pid);
        Array.ForEach([input.ReadEnd, output.WriteEnd, error.WriteEnd], end => _ = Posix.Close(end));
        if (failed == 0)
        {
            return new HookProcess(pid, output.ReadEnd, error.ReadEnd);
        }

        Array.ForEach([output.ReadEnd, error.ReadEnd], end => _ = Posix.Close(end));
        throw new Win32Exception(failed);
    }

    /// <summary>
    /// A script just written is "text file busy" as long as a child that another test is starting at this instant still
    /// holds the descriptor it was written through.
    /// </summary>
    private static int StartPatiently(ProcessStart start, (int Input, int Output, int Error) streams, out int pid)
    {
        for (var attempt = 1; ; attempt++)
        {
            var failed = PosixSpawn.Start(start, streams, out pid);
            if (failed != Posix.ETXTBSY || attempt == 100)
            {
                return failed;
            }

            Thread.Sleep(10);
        }
    }

    private static int OpenNull()
    {
        using var file = File.OpenHandle("/dev/null");
        return (int)Posix.Checked(Posix.Duplicate((int)file.DangerousGetHandle(), Posix.F_DUPFD_CLOEXEC, 3), "fcntl");
    }

    private bool WaitOnce(int milliseconds)
    {
        var entries = stackalloc Posix.PollEntry[3];
        var count = 0;
        foreach (var stream in _streams)
        {
            entries[count++] = new(stream.Wanted ? stream.Descriptor : -1, Posix.POLLIN, 0);
        }

        entries[count++] = new(Exit is null ? _handle : -1, Posix.POLLIN, 0);
        if (Posix.Poll(entries, (nuint)count, milliseconds) <= 0)
        {
            return false;
        }

        for (var index = 0; index < _streams.Length; index++)
        {
            if (entries[index].Seen != 0)
            {
                _streams[index].TakeIn();
            }
        }

        if (entries[2].Seen != 0)
        {
            Reap();
        }

        return true;
    }

    private void Reap()
    {
        int status;
        while (Posix.Wait(Pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
        {
        }

        var signal = status & 0x7f;
        Exit = signal == 0 ? new HookExit((status >> 8) & 0xff, null) : new HookExit(null, signal);
    }
}
