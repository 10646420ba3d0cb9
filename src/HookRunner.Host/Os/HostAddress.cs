using System.Collections.Immutable;

namespace HookRunner.Host.Os;

/// <summary>An address to connect to, as the kernel takes it (struct sockaddr), without a port.</summary>
internal sealed record HostAddress(int Family, ImmutableArray<byte> Bytes)
{
    private const int Stream = 1, Temporary = -3, V4 = 2, V6 = 10;

    /// <summary>127.0.0.1 and ::1 as struct sockaddr_in and sockaddr_in6.</summary>
    private static readonly ImmutableArray<HostAddress> Loopback =
    [
        new(V4, [V4, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        new(V6, [V6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
    ];

    /// <summary>
    /// The addresses of a name, in the order the C library prefers; empty where it has none, or where the resolver took
    /// too long: that cannot be interrupted, so it is left behind on a thread of its own.
    /// </summary>
    public static ImmutableArray<HostAddress> Of(string host, Patience patience)
    {
        var found = ImmutableArray<HostAddress>.Empty;
        var thread = new Thread(() => found = Resolve(host)) { IsBackground = true };
        thread.Start();
        while (!thread.Join(patience.Slice))
        {
            if (patience.IsOver)
            {
                return [];
            }
        }

        return found.IsEmpty && IsLocal(host) ? Loopback : found;
    }

    /// <summary>The same with a port, which stands in its second two bytes whatever the family.</summary>
    public byte[] WithPort(int port)
    {
        byte[] address = [.. Bytes];
        (address[2], address[3]) = ((byte)(port >> 8), (byte)port);
        return address;
    }

    /// <summary>This machine whatever its /etc/hosts says (RFC 6761, section 6.3): an image may have none.</summary>
    private static bool IsLocal(string host) => host is "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static unsafe ImmutableArray<HostAddress> Resolve(string host)
    {
        var hints = new Libc.AddressInfo { Type = Stream };
        Libc.AddressInfo* list = null;
        var error = Libc.GetAddresses(host, null, &hints, &list);
        if (error == Temporary)
        {
            error = Libc.GetAddresses(host, null, &hints, &list);
        }

        if (error != 0)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<HostAddress>();
        for (var entry = list; entry is not null; entry = entry->Next)
        {
            found.Add(new HostAddress(entry->Family, [.. new ReadOnlySpan<byte>(entry->Address, (int)entry->Length)]));
        }

        Libc.FreeAddresses(list);
        return found.ToImmutable();
    }
}
