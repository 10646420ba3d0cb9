using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>What an entry of a file system is, and whose.</summary>
/// <param name="Mode">Type and permission bits together (inode(7)).</param>
internal readonly record struct FileStatus(ulong Device, ulong Inode, uint Mode, ulong Links, uint User, uint Group, long Size)
{
    private const int AtCurrentDirectory = -100, NoFollow = 0x100, EmptyPath = 0x1000;

    /// <summary>Of a special file: which device it stands for.</summary>
    public ulong SpecialDevice { get; private init; }

    public FileTimes Times { get; private init; }

    private static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public bool IsLink => (Mode & 0xF000) == 0xA000;

    public bool IsDirectory => (Mode & 0xF000) == 0x4000;

    public bool IsFile => (Mode & 0xF000) == 0x8000;

    public bool IsSocket => (Mode & 0xF000) == 0xC000;

    /// <summary>rwx of user, group and others, with set-id and sticky bits.</summary>
    public uint Permissions => Mode & 0xFFF;

    public bool IsSameFileAs(FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Of the entry itself: a link is not followed.</summary>
    public static PosixError? Of(string path, out FileStatus status) => At(AtCurrentDirectory, path, NoFollow, out status);

    /// <summary>Of what the path leads to.</summary>
    public static PosixError? Followed(string path, out FileStatus status) => At(AtCurrentDirectory, path, 0, out status);

    public static PosixError? OfDescriptor(int descriptor, string path, out FileStatus status) =>
        Bytes(descriptor, "\0"u8, EmptyPath, out status) is 0 ? null : Error(path);

    /// <summary>Of an entry of an open directory, never through a link. The name ends with a NUL byte.</summary>
    public static int EntryOf(int directory, ReadOnlySpan<byte> name, out FileStatus status) =>
        Bytes(directory, name, NoFollow, out status);

    private static PosixError? At(int directory, string path, int flags, out FileStatus status) =>
        Bytes(directory, Encoding.UTF8.GetBytes(path + "\0"), flags, out status) is 0 ? null : Error(path);

    private static PosixError Error(string path) => new($"stat {path}", Marshal.GetLastPInvokeError());

    /// <summary>By number: in glibc 2.17 stat is no function, and its struct differs between the architectures.</summary>
    private static unsafe int Bytes(int directory, ReadOnlySpan<byte> path, int flags, out FileStatus status)
    {
        Span<byte> buffer = stackalloc byte[144];
        int result;
        fixed (byte* name = path, structure = buffer)
        {
            do
            {
                result = (int)Libc.SystemCall(SystemCallNumber.StatusAt, directory, (nint)name, (nint)structure, flags, 0);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        }

        status = (IsArm64
            ? new FileStatus(Long(buffer, 0), Long(buffer, 8), Int(buffer, 16), Int(buffer, 20), Int(buffer, 24), Int(buffer, 28), (long)Long(buffer, 48))
            : new FileStatus(Long(buffer, 0), Long(buffer, 8), Int(buffer, 24), Long(buffer, 16), Int(buffer, 28), Int(buffer, 32), (long)Long(buffer, 48)))
            with
        {
            SpecialDevice = Long(buffer, IsArm64 ? 32 : 40),
            Times = new FileTimes((long)Long(buffer, 72), (long)Long(buffer, 80), (long)Long(buffer, 88), (long)Long(buffer, 96)),
        };
        return result;
    }

    private static ulong Long(ReadOnlySpan<byte> buffer, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(buffer[offset..]);

    private static uint Int(ReadOnlySpan<byte> buffer, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(buffer[offset..]);
}

/// <summary>When a file was last read and last written, since 1970.</summary>
internal readonly record struct FileTimes(long AccessedSeconds, long AccessedNanoseconds, long ModifiedSeconds, long ModifiedNanoseconds);
