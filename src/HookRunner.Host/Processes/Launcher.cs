using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// Starts a program with what only the whole process can hand down: descriptors 1 and 2, the umask, the limit of open
/// files. All are put back before anything else happens. One caller, one thread.
/// </summary>
internal sealed class Launcher(StandardStreams streams)
{
    private const int OpenFiles = 7;

    /// <summary>Null where it could not be started, and why.</summary>
    public ChildProcess? Start(string path, ProcessRequest request, (int Output, int Error) descriptors, out ProcessEnd.NotStarted? failure)
    {
        if (!TryLimit(request.OpenFiles, out var limits, out failure))
        {
            return null;
        }

        var umask = Libc.Umask(request.Umask);
        StandardStreams.Lend(descriptors.Output, descriptors.Error);
        try
        {
            var program = ChildProcess.Start(path, request, out var error);
            failure = error is null ? null : StartFailure.Explain(path, request, error);
            return program;
        }
        finally
        {
            streams.TakeBack();
            _ = Libc.Umask(umask);
            Restore(limits);
        }
    }

    private static unsafe bool TryLimit(int? wanted, out (ulong Soft, ulong Hard)? before, out ProcessEnd.NotStarted? failure)
    {
        before = null;
        failure = null;
        if (wanted is not { } count)
        {
            return true;
        }

        var limits = stackalloc ulong[2];
        _ = Libc.GetResourceLimit(OpenFiles, limits);
        before = (limits[0], limits[1]);
        limits[0] = (ulong)count;
        limits[1] = Math.Max(limits[1], (ulong)count);
        if (Libc.SetResourceLimit(OpenFiles, limits) == 0)
        {
            return true;
        }

        failure = StartFailure.OpenFilesAbove(count, before.Value.Hard);
        return false;
    }

    private static unsafe void Restore((ulong Soft, ulong Hard)? before)
    {
        if (before is { } saved)
        {
            var limits = stackalloc ulong[2] { saved.Soft, saved.Hard };
            _ = Libc.SetResourceLimit(OpenFiles, limits);
        }
    }
}
