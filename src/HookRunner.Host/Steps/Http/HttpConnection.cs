using System.Net;
using System.Net.Sockets;

namespace HookRunner.Host.Steps.Http;

/// <summary>Connects to the host of a URL.</summary>
internal static class HttpConnection
{
    /// <summary>Each address of the name in turn: `localhost` is two, and the server may listen on one of them.</summary>
    public static async Task<Socket> Open(Uri url, CancellationToken bound)
    {
        var addresses = IPAddress.TryParse(url.DnsSafeHost, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(url.DnsSafeHost, bound).WaitAsync(bound);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(address, url.Port, bound);
                return socket;
            }
            catch (SocketException e)
            {
                socket?.Dispose();
                last = last is { SocketErrorCode: SocketError.ConnectionRefused } ? last : e;
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}
