using System.Text;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Steps.Files;

/// <summary>What a file shall hold: bytes in memory, or those of another file.</summary>
internal sealed class FileContent : IDisposable
{
    private const int Piece = 64 * 1024, LargestToExpand = 1024 * 1024;
    private const uint OwnerOnly = 0x1C0;

    private readonly byte[] _bytes;
    private readonly FileDescriptor? _source;

    private readonly long _length;

    private FileContent(byte[] bytes, FileDescriptor? source, uint mode) => (_bytes, _source, UsualMode, _length) = (bytes, source, mode, bytes.Length);

    private FileContent(FileDescriptor source, FileStatus status)
        : this([], source, (status.Permissions & 0x1ED) | 0x180) =>
        (_length, IsExecutable) = (status.Size, (status.Permissions & 0x40) != 0);

    /// <summary>Asked between pieces of a large file: false ends what is being done with EINTR.</summary>
    public Func<bool> MayGoOn { get; init; } = () => true;

    /// <summary>Whether the source is a program; null where the content has none.</summary>
    public bool? IsExecutable { get; }

    /// <summary>
    /// The mode of a new file where none is written: 0644, or the source's without writing by group and others; with a secret
    /// in it, what of that is the owner's.
    /// </summary>
    public uint UsualMode { get; }

    /// <summary>A value that is hidden elsewhere stands in it: a new file is for its owner alone.</summary>
    public bool HoldsSecret { get; private init; }

    public static FileContent Of(string text, SecretMask? mask = null) => Of(text, 0x1A4, mask);

    /// <summary>Bytes for the owner's eyes only.</summary>
    public static FileContent OfSecret(byte[] bytes) => new(bytes, null, 0x180);

    /// <summary>A file of the bundle as it is.</summary>
    public static PathTrouble? Open(string path, out FileContent? content)
    {
        content = null;
        if (FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var source) is { } error)
        {
            var remedy = error.Number == Errno.ENOENT ? "a source is relative to the bundle; is the file in the revision?" : null;
            return PathTrouble.Of(error, remedy);
        }

        if (FileStatus.OfDescriptor(source.Number, path, out var status) is not null || !status.IsFile)
        {
            source.Dispose();
            return new PathTrouble($"`{path}` is no file");
        }

        content = new FileContent(source, status);
        return null;
    }

    /// <summary>An open file; closed with this.</summary>
    public static FileContent Over(FileDescriptor source, FileStatus status, Func<bool> mayGoOn) => new(source, status) { MayGoOn = mayGoOn };

    /// <summary>A file of the bundle with the variables in it put in.</summary>
    public static PathTrouble? Expand(string path, IVariableScope scope, SecretMask mask, out FileContent? content)
    {
        if (Open(path, out content) is { } trouble)
        {
            return trouble;
        }

        using var opened = content!;
        var mode = opened.UsualMode;
        content = null;
        var buffer = new byte[LargestToExpand + 1];
        if (opened._source!.ReadAt(buffer, 0, out var count) is { } error)
        {
            return PathTrouble.Of(error);
        }

        if (count > LargestToExpand || Text(buffer.AsSpan(0, count)) is not { } text)
        {
            var what = count > LargestToExpand ? "has more than 1 MiB" : "is no UTF-8 text";
            return new PathTrouble($"`{path}` {what}, so `expand` cannot be meant for it");
        }

        var diagnostics = new DiagnosticBag();
        var expanded = Expand(new SourceText(path, text), scope, diagnostics);
        if (diagnostics.HasErrors)
        {
            var first = diagnostics.Sorted()[0];
            return new PathTrouble(first.Line, first.Remedy);
        }

        content = Of(expanded, mode, mask);
        return null;
    }

    /// <summary>Whether a file holds just this.</summary>
    public PosixError? Compare(FileDescriptor file, out bool isSame)
    {
        var (own, other) = (new byte[Piece], new byte[Piece]);
        isSame = false;
        if (file.Length(out var length) is { } unknown)
        {
            return unknown;
        }

        if (_length > 0 && length != _length)
        {
            return null;
        }

        for (long offset = 0; ; offset += Piece)
        {
            if (!MayGoOn())
            {
                return new PosixError($"read {file.Path}", Errno.EINTR);
            }

            var otherCount = 0;
            if ((ReadAt(own, offset, out var count) ?? file.ReadAt(other, offset, out otherCount)) is { } error)
            {
                return error;
            }

            if (!own.AsSpan(0, count).SequenceEqual(other.AsSpan(0, otherCount)))
            {
                return null;
            }

            if (count < Piece)
            {
                isSame = true;
                return null;
            }
        }
    }

    public PosixError? WriteTo(FileDescriptor file) =>
        _source is null ? file.Write(_bytes, out _)
            : _length > 0 ? new FileData(_source, file, MayGoOn).Copy(_length)
            : WriteUnsized(file);

    public void Dispose() => _source?.Dispose();

    /// <summary>Files of the kernel hold more than their length says.</summary>
    private PosixError? WriteUnsized(FileDescriptor file)
    {
        var buffer = new byte[Piece];
        for (long offset = 0; ; offset += Piece)
        {
            if ((ReadAt(buffer, offset, out var count) ?? file.Write(buffer.AsSpan(0, count), out _)) is { } error)
            {
                return error;
            }

            if (count < Piece)
            {
                return null;
            }
        }
    }

    private PosixError? ReadAt(Span<byte> buffer, long offset, out int count)
    {
        if (_source is not null)
        {
            return _source.ReadAt(buffer, offset, out count);
        }

        count = (int)Math.Clamp(_bytes.Length - offset, 0, buffer.Length);
        _bytes.AsSpan((int)Math.Min(offset, _bytes.Length), count).CopyTo(buffer);
        return null;
    }

    private static FileContent Of(string text, uint mode, SecretMask? mask)
    {
        var holdsSecret = mask is not null && mask.Apply(text) != text;
        return new FileContent(Encoding.UTF8.GetBytes(text), null, holdsSecret ? mode & OwnerOnly : mode) { HoldsSecret = holdsSecret };
    }

    /// <summary>Line by line, so that a mistake is told with its line.</summary>
    private static string Expand(SourceText source, IVariableScope scope, DiagnosticBag diagnostics)
    {
        var expanded = new StringBuilder();
        var lines = source.Content.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var column = Math.Max(lines[i].IndexOf("${", StringComparison.Ordinal), 0) + 1;
            var template = Template.Parse(lines[i], new SourceLocation(source, i + 1, column), diagnostics).Resolve(scope, diagnostics);
            expanded.Append(i == 0 ? "" : "\n").Append(template.IsComplete ? template.Text : "");
        }

        return expanded.ToString();
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
