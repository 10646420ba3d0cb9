namespace HookRunner.Host.Os;

/// <summary>TLS over a connection, by the host's OpenSSL.</summary>
internal sealed unsafe class TlsConnection : IDisposable
{
    private const int WantRead = 2, WantWrite = 3;

    private readonly OpenSsl _openSsl;
    private readonly TcpConnection _connection;
    private readonly nint _context, _session;

    private TlsConnection(OpenSsl openSsl, TcpConnection connection, nint context, nint session) =>
        (_openSsl, _connection, _context, _session) = (openSsl, connection, context, session);

    /// <summary>Shakes hands. On a failure <paramref name="certificate"/> says what is wrong with the certificate, where that is the matter.</summary>
    public static string? Open(OpenSsl openSsl, TcpConnection connection, TlsPeer peer, out TlsConnection tls, out string? certificate)
    {
        var context = openSsl.NewContext(peer.IsInsecure);
        tls = new TlsConnection(openSsl, connection, context, openSsl.NewSession(context, connection.Descriptor, peer.Host, peer.IsAddress));
        certificate = null;
        while (true)
        {
            var result = openSsl.Connect(tls._session);
            if (result == 1)
            {
                return null;
            }

            var reason = openSsl.ErrorOf(tls._session, result);
            if (reason is not (WantRead or WantWrite))
            {
                certificate = peer.IsInsecure ? null : openSsl.CertificateProblem(tls._session);
                return certificate ?? openSsl.LastReason() ?? "the connection ended within the handshake";
            }

            if (connection.Wait(reason == WantWrite) is { } error)
            {
                return error.Number is Errno.ETIMEDOUT or Errno.ECANCELED ? "no answer in time" : error.ToString();
            }
        }
    }

    /// <summary>Any end counts as the end: many servers do not say goodbye. What was cut off shows in the framing above.</summary>
    public PosixError? Read(Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                count = _openSsl.Read(_session, start, buffer.Length);
                var reason = count > 0 ? 0 : _openSsl.ErrorOf(_session, count);
                if (reason is not (WantRead or WantWrite))
                {
                    count = Math.Max(count, 0);
                    return null;
                }

                if (_connection.Wait(reason == WantWrite) is { } error)
                {
                    return error;
                }
            }
        }
    }

    public PosixError? Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var count = _openSsl.Write(_session, start, bytes.Length);
                if (count > 0)
                {
                    return null;
                }

                var reason = _openSsl.ErrorOf(_session, count);
                var error = reason is WantRead or WantWrite ? _connection.Wait(reason == WantWrite) : new PosixError("write over TLS", Errno.EPIPE);
                if (error is not null)
                {
                    return error;
                }
            }
        }
    }

    public void Dispose() => _openSsl.Free(_session, _context);
}
