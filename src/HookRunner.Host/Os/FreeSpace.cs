using System.Buffers.Binary;

namespace HookRunner.Host.Os;

/// <summary>What is left of a file system.</summary>
internal static class FreeSpace
{
    /// <summary>Bytes free for everyone, not only root; null where it does not say (fstatfs(2)).</summary>
    public static long? Of(OpenDirectory directory) => Of(directory.Descriptor);

    /// <summary>The same for the file system that an open file is on.</summary>
    public static unsafe long? Of(int descriptor)
    {
        const int blockSizeAt = 8, availableAt = 32;
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* start = buffer)
        {
            return Libc.FileSystemStatus(descriptor, start) < 0 ? null
                : BinaryPrimitives.ReadInt64LittleEndian(buffer[blockSizeAt..]) * BinaryPrimitives.ReadInt64LittleEndian(buffer[availableAt..]);
        }
    }
}
