using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>
/// An open file, with the path it was opened by for messages. Close-on-exec: a step never inherits it. Every call is
/// retried on EINTR, and its failure is a value: the framework's own classes swallow errors of fsync and close.
/// </summary>
internal sealed class FileDescriptor : IDisposable
{
    private FileDescriptor(int number, string path) => (Number, Path) = (number, path);

    /// <summary>-1 once closed.</summary>
    public int Number { get; private set; }

    public string Path { get; }

    /// <summary>Opens; <paramref name="file"/> is usable only where null is returned.</summary>
    public static PosixError? Open(string path, int flags, uint mode, out FileDescriptor file)
    {
        int number;
        do
        {
            number = Libc.Open(path, flags | OpenFlags.CloseOnExec, mode);
        }
        while (number < 0 && Interrupted);

        file = new FileDescriptor(number, path);
        return number < 0 ? file.Error("open") : null;
    }

    /// <summary>Opens a directory, for fsync and as the base of calls; a link at its end is followed.</summary>
    public static PosixError? OpenDirectory(string path, out FileDescriptor directory) =>
        Open(path, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out directory);

    /// <summary>Takes over a descriptor that was opened elsewhere.</summary>
    public static FileDescriptor Over(int number, string path) => new(number, path);

    /// <summary>Reads at an offset until the buffer is full or the file ends; <paramref name="count"/> is what came.</summary>
    public unsafe PosixError? ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        fixed (byte* start = buffer)
        {
            while (count < buffer.Length)
            {
                var got = Libc.ReadAt(Number, start + count, buffer.Length - count, offset + count);
                if (got < 0 && !Interrupted)
                {
                    return Error("read");
                }

                if (got == 0)
                {
                    break;
                }

                count += (int)Math.Max(got, 0);
            }
        }

        return null;
    }

    /// <summary>Writes all of it, or says why not; <paramref name="written"/> counts what reached the file even then.</summary>
    public unsafe PosixError? Write(ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                var put = Libc.Write(Number, start + written, bytes.Length - written);
                if (put < 0 && !Interrupted)
                {
                    return Error("write");
                }

                written += (int)Math.Max(put, 0);
            }
        }

        return null;
    }

    /// <summary>Writes all of it at an offset, or says why not.</summary>
    public unsafe PosixError? WriteAt(ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (var written = 0; written < bytes.Length;)
            {
                var put = Libc.WriteAt(Number, start + written, bytes.Length - written, offset + written);
                if (put < 0 && !Interrupted)
                {
                    return Error("write");
                }

                written += (int)Math.Max(put, 0);
            }
        }

        return null;
    }

    public PosixError? Length(out long length) => (length = Libc.Seek(Number, 0, 2)) < 0 ? Error("find the length of") : null;

    public PosixError? Rewind() => Libc.Seek(Number, 0, 0) < 0 ? Error("rewind") : null;

    public PosixError? Truncate(long length) => Retried(descriptor => Libc.Ftruncate(descriptor, length), "truncate");

    public PosixError? Sync() => Retried(Libc.Fsync, "fsync");

    public PosixError? SyncData() => Retried(Libc.FdataSync, "fdatasync");

    public PosixError? SyncFileSystem() => Retried(Libc.SyncFs, "syncfs");

    /// <summary>Takes the exclusive flock; false where another has it.</summary>
    public PosixError? TryLock(out bool taken)
    {
        const int exclusiveNonBlocking = 2 | 4;
        var error = Retried(descriptor => Libc.Flock(descriptor, exclusiveNonBlocking), "flock");
        taken = error is null;
        return error is { Number: Errno.EAGAIN } ? null : error;
    }

    /// <summary>Closes it. EINTR counts as done: Linux has freed the number by then (close(2)).</summary>
    public PosixError? Close()
    {
        var number = Number;
        Number = -1;
        return number >= 0 && Libc.Close(number) < 0 && !Interrupted ? Error("close") : null;
    }

    public void Dispose() => Close();

    private static bool Interrupted => Marshal.GetLastPInvokeError() == Errno.EINTR;

    private PosixError Error(string call) => new($"{call} {Path}", Marshal.GetLastPInvokeError());

    private PosixError? Retried(Func<int, int> call, string name)
    {
        int result;
        do
        {
            result = call(Number);
        }
        while (result < 0 && Interrupted);

        return result < 0 ? Error(name) : null;
    }
}
