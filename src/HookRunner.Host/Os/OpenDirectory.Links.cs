using System.Globalization;

namespace HookRunner.Host.Os;

/// <summary>Links in it, and entries that change places.</summary>
internal sealed partial class OpenDirectory
{
    /// <summary>Where it really is, all links resolved; as it was reached where that cannot be told.</summary>
    public string RealPath =>
        PosixPath.ReadLink(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{Descriptor}"), out var real) is null ? real : Path;

    /// <summary>The same of an entry in it.</summary>
    public string RealPathOf(FileName name) => RealPath is var path && path == "/" ? $"/{name}" : $"{path}/{name}";

    public unsafe PosixError? Symlink(FileName name, ReadOnlySpan<byte> target)
    {
        fixed (byte* text = (byte[])[.. target, 0])
        {
            var address = (nint)text;
            Call("symlink", name, start => Libc.SymlinkAt((byte*)address, Descriptor, (byte*)start), out var error);
            return error;
        }
    }

    /// <summary>The text of a link. EINVAL: it is there and no link.</summary>
    public unsafe PosixError? ReadLink(FileName name, out byte[] target)
    {
        const int longest = 4096;
        var buffer = stackalloc byte[longest];
        var address = (nint)buffer;
        var length = Call("readlink", name, start => Libc.ReadLinkAt(Descriptor, (byte*)start, (byte*)address, longest), out var error);
        target = error is null ? new ReadOnlySpan<byte>(buffer, (int)length).ToArray() : [];
        return error;
    }

    /// <summary>Puts each in the other's place at one instant (RENAME_EXCHANGE, Linux 3.15).</summary>
    public unsafe PosixError? Exchange(FileName one, OpenDirectory directory, FileName other)
    {
        const int exchange = 2;
        fixed (byte* name = other.Terminated)
        {
            var address = (nint)name;
            Call("exchange", one, start =>
                Libc.SystemCall(SystemCallNumber.RenameAt2, Descriptor, start, directory.Descriptor, address, exchange), out var error);
            return error is null ? null : error with { Call = $"exchange {At(one)} and {directory.At(other)}" };
        }
    }
}
