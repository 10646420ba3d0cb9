using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>What <see cref="OpenDirectory"/> needs besides, to make an entry like another.</summary>
internal static class CopyCalls
{
    private const int NoFollow = 0x100;

    /// <summary>Gives an entry a second name, in the same or another directory.</summary>
    public static unsafe PosixError? Link(this OpenDirectory directory, byte[] existing, OpenDirectory to, FileName name)
    {
        fixed (byte* from = (byte[])[.. existing, 0], target = name.Terminated)
        {
            int result;
            do
            {
                result = Libc.LinkAt(directory.Descriptor, from, to.Descriptor, target, 0);
            }
            while (Interrupted(result));

            return result < 0 ? Error("link", to, name) : null;
        }
    }

    /// <summary>Of what is no link.</summary>
    public static unsafe PosixError? ChangeMode(this OpenDirectory directory, FileName name, uint mode)
    {
        fixed (byte* start = name.Terminated)
        {
            int result;
            do
            {
                result = Libc.ChangeModeAt(directory.Descriptor, start, mode, 0);
            }
            while (Interrupted(result));

            return result < 0 ? Error("chmod", directory, name) : null;
        }
    }

    public static unsafe PosixError? SetTimes(this OpenDirectory directory, FileName name, FileTimes times)
    {
        var values = stackalloc long[] { times.AccessedSeconds, times.AccessedNanoseconds, times.ModifiedSeconds, times.ModifiedNanoseconds };
        fixed (byte* start = name.Terminated)
        {
            int result;
            do
            {
                result = Libc.SetTimesAt(directory.Descriptor, start, values, NoFollow);
            }
            while (Interrupted(result));

            return result < 0 ? Error("set the times of", directory, name) : null;
        }
    }

    /// <summary>A pipe, a socket or a device.</summary>
    public static unsafe PosixError? MakeNode(this OpenDirectory directory, FileName name, uint mode, ulong device)
    {
        fixed (byte* start = name.Terminated)
        {
            long result;
            do
            {
                result = Libc.SystemCall(SystemCallNumber.MakeNodeAt, directory.Descriptor, (nint)start, mode, (long)device, 0);
            }
            while (Interrupted(result));

            return result < 0 ? Error("mknod", directory, name) : null;
        }
    }

    private static bool Interrupted(long result) => result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR;

    private static PosixError Error(string call, OpenDirectory directory, FileName name) =>
        new($"{call} {directory.At(name)}", Marshal.GetLastPInvokeError());
}
