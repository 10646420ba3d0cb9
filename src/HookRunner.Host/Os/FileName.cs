using System.Text;

namespace HookRunner.Host.Os;

/// <summary>One entry's name as the kernel knows it: bytes without a slash, ended by a NUL.</summary>
internal readonly struct FileName
{
    private readonly byte[] _bytes;

    public FileName(string name) => _bytes = [.. Encoding.UTF8.GetBytes(name), 0];

    public FileName(ReadOnlySpan<byte> name) => _bytes = [.. name, 0];

    public static FileName Here { get; } = new(".");

    /// <summary>With its NUL, for the kernel.</summary>
    public ReadOnlySpan<byte> Terminated => _bytes;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _bytes.Length - 1);

    /// <summary>As text; bytes that are none stand as the replacement character.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
