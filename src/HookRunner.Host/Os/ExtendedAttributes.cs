using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>Copies the extended attributes of an entry, those that hold its ACL and its capabilities among them.</summary>
internal static class ExtendedAttributes
{
    /// <summary>Names, and each value, have at most 64 KiB (xattr(7)).</summary>
    private const int Longest = 64 * 1024;

    private const int NoSuchAttribute = 61;

    /// <summary>
    /// False where one could not be kept: the file system has none, or only root may set it. Links are not followed.
    /// </summary>
    public static bool Copy(OpenDirectory from, FileName name, OpenDirectory to, FileName copy)
    {
        var (source, target) = (PathOf(from, name), PathOf(to, copy));
        var names = new byte[Longest];
        var length = List(source, names);
        if (length <= 0)
        {
            return length == 0 || Marshal.GetLastPInvokeError() == Errno.EOPNOTSUPP;
        }

        var (all, value) = (true, new byte[Longest]);
        for (var rest = names.AsSpan(0, (int)length); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)0) + 1;
            all &= CopyOne(source, target, rest[..end], value);
            rest = rest[end..];
        }

        return all;
    }

    /// <summary>Through /proc an open directory has a path, however long the real one is.</summary>
    private static byte[] PathOf(OpenDirectory directory, FileName name) =>
        [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory.Descriptor}/"), .. name.Terminated];

    private static unsafe long List(byte[] path, byte[] names)
    {
        fixed (byte* file = path, buffer = names)
        {
            return Libc.SystemCall(SystemCallNumber.ListLinkAttributes, (nint)file, (nint)buffer, Longest, 0, 0);
        }
    }

    private static unsafe bool CopyOne(byte[] source, byte[] target, ReadOnlySpan<byte> attribute, byte[] buffer)
    {
        fixed (byte* from = source, to = target, name = attribute, value = buffer)
        {
            var length = Libc.SystemCall(SystemCallNumber.GetLinkAttribute, (nint)from, (nint)name, (nint)value, Longest, 0);
            return length < 0
                ? Marshal.GetLastPInvokeError() == NoSuchAttribute
                : Libc.SystemCall(SystemCallNumber.SetLinkAttribute, (nint)to, (nint)name, (nint)value, length, 0) == 0;
        }
    }
}
