using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Reads the entries of a directory (getdents64(2)): the framework's own listing cannot give back names that are no text.</summary>
internal static class DirectoryEntries
{
    private const int LengthAt = 16, NameAt = 19;

    /// <param name="enough">So many are enough; more may come.</param>
    public static unsafe PosixError? Read(OpenDirectory directory, List<FileName> names, int enough = int.MaxValue)
    {
        var buffer = new byte[32 * 1024];
        fixed (byte* start = buffer)
        {
            while (names.Count < enough)
            {
                var got = Libc.SystemCall(SystemCallNumber.DirectoryEntries, directory.Descriptor, (nint)start, buffer.Length, 0, 0);
                if (got > 0)
                {
                    Collect(buffer.AsSpan(0, (int)got), names);
                }
                else if (got == 0 || Marshal.GetLastPInvokeError() != Errno.EINTR)
                {
                    return got == 0 ? null : new PosixError($"list {directory.Path}", Marshal.GetLastPInvokeError());
                }
            }

            return null;
        }
    }

    private static void Collect(ReadOnlySpan<byte> entries, List<FileName> names)
    {
        while (entries.Length > NameAt)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entries[LengthAt..]);
            var name = entries[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add(new FileName(name));
            }

            entries = entries[length..];
        }
    }
}
