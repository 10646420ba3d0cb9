using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>A socket in the file system that takes what is sent to it and keeps none of it.</summary>
internal static class DatagramSink
{
    private const int UnixFamily = 1, Datagram = 2, CloseOnExec = 0x80000;

    /// <summary>Makes it, and empties it on a thread of its own for as long as this process lives.</summary>
    public static unsafe PosixError? Open(string path)
    {
        byte[] address = [UnixFamily, 0, .. Encoding.UTF8.GetBytes(path), 0];
        var socket = Libc.Socket(UnixFamily, Datagram | CloseOnExec, 0);
        fixed (byte* start = address)
        {
            if (socket < 0 || Libc.Bind(socket, start, (uint)address.Length) < 0)
            {
                return new PosixError($"bind {path}", Marshal.GetLastPInvokeError());
            }
        }

        new Thread(() => Drain(socket)) { IsBackground = true }.Start();
        return null;
    }

    private static unsafe void Drain(int socket)
    {
        var buffer = new byte[64 * 1024];
        fixed (byte* start = buffer)
        {
            while (Libc.Read(socket, start, buffer.Length) >= 0 || Marshal.GetLastPInvokeError() == Errno.EINTR)
            {
            }
        }
    }
}
