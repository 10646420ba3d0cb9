using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>
/// Copies what is in one file to another: as a shared extent where the file system can (FICLONE), else inside the
/// kernel, else through a buffer. Holes stay holes.
/// </summary>
/// <param name="MayGoOn">Asked between pieces: false ends it with EINTR.</param>
internal sealed record FileData(FileDescriptor From, FileDescriptor To, Func<bool> MayGoOn)
{
    private const int Piece = 16 * 1024 * 1024;

    private const int SeekData = 3, SeekHole = 4, NoMoreData = 6;

    private bool _kernelCopies = true;

    public PosixError? Copy(long length)
    {
        if (length == 0 || ShareExtents())
        {
            return null;
        }

        for (long offset = 0; offset < length;)
        {
            var start = Libc.Seek(From.Number, offset, SeekData);
            if (start < 0 && Marshal.GetLastPInvokeError() == NoMoreData)
            {
                break;
            }

            var end = start < 0 ? length : Libc.Seek(From.Number, start, SeekHole);
            (start, end) = (start < 0 ? offset : start, end < 0 ? length : end);
            if (CopyRange(start, end) is { } error)
            {
                return error;
            }

            offset = end;
        }

        return To.Truncate(length);
    }

    private unsafe bool ShareExtents()
    {
        const uint fileClone = 0x40049409;
        return Libc.DeviceControl(To.Number, fileClone, (void*)(nint)From.Number) == 0;
    }

    private PosixError? CopyRange(long start, long end)
    {
        while (start < end)
        {
            if (!MayGoOn())
            {
                return new PosixError($"copy {From.Path}", Errno.EINTR);
            }

            var error = CopyPiece(start, (int)Math.Min(Piece, end - start), out var copied);
            if (error is not null || copied == 0)
            {
                return error;
            }

            start += copied;
        }

        return null;
    }

    private PosixError? CopyPiece(long start, int count, out long copied)
    {
        if (!_kernelCopies)
        {
            return ThroughBuffer(start, count, out copied);
        }

        copied = InKernel(start, count);
        if (copied > 0 || (copied < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR))
        {
            return copied > 0 ? null : CopyPiece(start, count, out copied);
        }

        // 0 is what some file systems say instead of "not here"; only the buffer tells whether the file ends.
        _kernelCopies = copied < 0 && Marshal.GetLastPInvokeError() is Errno.ENOSPC or Errno.EIO or Errno.EDQUOT;
        return _kernelCopies ? new PosixError($"copy {From.Path} to {To.Path}", Marshal.GetLastPInvokeError()) : ThroughBuffer(start, count, out copied);
    }

    private unsafe long InKernel(long start, int count)
    {
        var (from, to) = (start, start);
        return Libc.SystemCall(SystemCallNumber.CopyFileRange, From.Number, (nint)(&from), To.Number, (nint)(&to), count, 0);
    }

    private PosixError? ThroughBuffer(long start, int count, out long copied)
    {
        var buffer = new byte[Math.Min(count, 256 * 1024)];
        copied = 0;
        if (From.ReadAt(buffer, start, out var got) is { } error)
        {
            return error;
        }

        copied = got;
        return To.WriteAt(buffer.AsSpan(0, got), start);
    }
}
