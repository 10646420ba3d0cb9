using System.Net.Sockets;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>A /dev/log that takes what `logger` and the like write and keeps none of it: without one they fail.</summary>
internal static class SystemLog
{
    private const string Path = "/dev/log";

    public static void Open()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path));
        File.SetUnixFileMode(Path, (UnixFileMode)0x1B6);
        new Thread(() => Drain(socket)) { IsBackground = true }.Start();
    }

    private static void Drain(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            _ = socket.Receive(buffer);
        }
    }
}
