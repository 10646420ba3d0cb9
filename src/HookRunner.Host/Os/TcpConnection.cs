using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>A connection that never blocks longer than its patience. ETIMEDOUT and ECANCELED say that it ran out.</summary>
internal sealed class TcpConnection : IDisposable
{
    private const int Stream = 1, NonBlocking = 0x800, CloseOnExec = 0x80000, SocketLevel = 1, ErrorOption = 4, NoSignal = 0x4000;
    private const short Readable = 1, Writable = 4;

    private readonly Patience _patience;
    private readonly string _name;

    private TcpConnection(int descriptor, string name, Patience patience) => (Descriptor, _name, _patience) = (descriptor, name, patience);

    public int Descriptor { get; }

    /// <summary>
    /// Each address in turn: `localhost` may be two, and the server may listen on one of them. ENOENT: no such host.
    /// </summary>
    public static PosixError? Open(string host, int port, Patience patience, out TcpConnection? connection)
    {
        connection = null;
        PosixError? refused = null, last = null;
        var addresses = HostAddress.Of(host, patience);
        foreach (var address in addresses)
        {
            var opened = new TcpConnection(Libc.Socket(address.Family, Stream | NonBlocking | CloseOnExec, 0), $"{host}:{port}", patience);
            if ((last = opened.Connect(address.WithPort(port))) is null)
            {
                connection = opened;
                return null;
            }

            opened.Dispose();
            refused = last.Number == Errno.ECONNREFUSED ? last : refused;
        }

        return refused ?? last ?? new PosixError($"find host {host}", patience.IsOver ? Errno.ETIMEDOUT : Errno.ENOENT);
    }

    /// <summary><paramref name="count"/> 0: the other side has ended it.</summary>
    public unsafe PosixError? Read(Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                count = (int)Libc.Read(Descriptor, start, buffer.Length);
                if (count >= 0)
                {
                    return null;
                }

                if (Retry(forWriting: false) is { } error)
                {
                    return error;
                }
            }
        }
    }

    public unsafe PosixError? Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var written = 0; written < bytes.Length;)
            {
                var count = (int)Libc.Send(Descriptor, start + written, bytes.Length - written, NoSignal);
                if (count < 0 && Retry(forWriting: true) is { } error)
                {
                    return error;
                }

                written += Math.Max(count, 0);
            }
        }

        return null;
    }

    /// <summary>Waits until it can be read or written; an error where the patience ends first.</summary>
    public unsafe PosixError? Wait(bool forWriting)
    {
        var entry = new Libc.PollEntry { Descriptor = Descriptor, Events = forWriting ? Writable : Readable };
        while (!_patience.IsOver)
        {
            var ready = Libc.Poll(&entry, 1, _patience.Slice);
            if (ready > 0)
            {
                return null;
            }

            if (ready < 0 && Marshal.GetLastPInvokeError() != Errno.EINTR)
            {
                return Error(Marshal.GetLastPInvokeError());
            }
        }

        return Error(_patience.Stop.IsCancellationRequested ? Errno.ECANCELED : Errno.ETIMEDOUT);
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = Libc.Close(Descriptor);
        }
    }

    private unsafe PosixError? Connect(byte[] address)
    {
        int result;
        fixed (byte* start = address)
        {
            result = Descriptor < 0 ? -1 : Libc.Connect(Descriptor, start, (uint)address.Length);
        }

        if (result == 0)
        {
            return null;
        }

        if (Marshal.GetLastPInvokeError() is not (Errno.EINPROGRESS or Errno.EINTR) and var number)
        {
            return Error(number);
        }

        if (Wait(forWriting: true) is { } error)
        {
            return error;
        }

        int outcome;
        uint length = sizeof(int);
        return Libc.GetSocketOption(Descriptor, SocketLevel, ErrorOption, &outcome, &length) < 0 ? Error(Marshal.GetLastPInvokeError())
            : outcome == 0 ? null : Error(outcome);
    }

    private PosixError? Retry(bool forWriting) => Marshal.GetLastPInvokeError() switch
    {
        Errno.EINTR => null,
        Errno.EAGAIN => Wait(forWriting),
        var number => Error(number),
    };

    private PosixError Error(int number) => new($"talk to {_name}", number);
}
