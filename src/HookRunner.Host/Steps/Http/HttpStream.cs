using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Http;

/// <summary>A connection that HTTP is spoken over, plain or secured.</summary>
internal sealed class HttpStream(TcpConnection connection, TlsConnection? secured) : IDisposable
{
    public PosixError? Write(ReadOnlySpan<byte> bytes) => secured is null ? connection.Write(bytes) : secured.Write(bytes);

    /// <summary><paramref name="count"/> 0: the end.</summary>
    public PosixError? Read(Span<byte> buffer, out int count) =>
        secured is null ? connection.Read(buffer, out count) : secured.Read(buffer, out count);

    public void Dispose()
    {
        secured?.Dispose();
        connection.Dispose();
    }
}
