using System.Buffers;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.State;

namespace HookRunner.Host.Logging;

/// <summary>Puts the masked copy of a log in its place.</summary>
internal static class MaskedLog
{
    private const int Chunk = 64 * 1024;

    private static readonly int NewFile = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

    /// <summary>After an error the log is as it was.</summary>
    public static PosixError? Replace(string path, SecretMask mask)
    {
        var copy = path + ".masked";
        if (FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.CloseOnExec, 0, out var source) is { } unreadable)
        {
            return unreadable;
        }

        using (source)
        {
            if (FileDescriptor.Open(copy, NewFile, StateLayout.FileMode, out var target) is { } unwritable)
            {
                return unwritable;
            }

            using (target)
            {
                if (Copy(source, target, mask) is { } error)
                {
                    _ = Libc.Unlink(copy);
                    return error;
                }
            }
        }

        return Libc.Rename(copy, path) == 0 ? null : new PosixError($"rename {copy} to {path}", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
    }

    private static PosixError? Copy(FileDescriptor source, FileDescriptor target, SecretMask mask)
    {
        var stream = new MaskStream(mask);
        var buffer = new byte[Chunk];
        var masked = new ArrayBufferWriter<byte>(Chunk);
        for (long offset = 0; ;)
        {
            if (source.ReadAt(buffer, offset, out var count) is { } unreadable)
            {
                return unreadable;
            }

            if (count == 0)
            {
                stream.Finish(masked);
                return target.Write(masked.WrittenSpan, out _);
            }

            offset += count;
            stream.Write(buffer.AsSpan(0, count), masked);
            if (target.Write(masked.WrittenSpan, out _) is { } unwritable)
            {
                return unwritable;
            }

            masked.ResetWrittenCount();
        }
    }
}
