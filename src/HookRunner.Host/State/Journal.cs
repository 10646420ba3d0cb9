using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>
/// The journal of one application: one line a record, appended, never rewritten but by <see cref="JournalCompaction"/>.
/// Only who holds the application's lock appends; anyone may read. A line torn by a crash is passed over, and ended
/// before the next record is appended.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileDescriptor? _file;
    private bool _endsTorn;

    private Journal(string path, FileDescriptor? file, PosixError? problem) => (Path, _file, Problem) = (path, file, problem);

    public string Path { get; }

    /// <summary>Why nothing can be appended; null where it can.</summary>
    public PosixError? Problem { get; }

    /// <summary>Why the last reading ended before the file's start; null where it did not.</summary>
    public PosixError? ReadError { get; private set; }

    /// <summary>
    /// Opens for appending, under the application's lock; makes the file where it is missing. Where that is impossible
    /// every append says why, and what can be read still is.
    /// </summary>
    public static Journal Open(string path)
    {
        const int flags = OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.Create;
        if (FileDescriptor.Open(path, flags | OpenFlags.NoFollow, StateLayout.FileMode, out var file) is { } problem)
        {
            return OpenToRead(path, problem);
        }

        var journal = new Journal(path, file, null);
        if (file.Length(out var length) is not null || length == 0)
        {
            PosixPath.SyncDirectory(System.IO.Path.GetDirectoryName(path)!);
            return journal;
        }

        Span<byte> last = stackalloc byte[1];
        journal._endsTorn = file.ReadAt(last, length - 1, out var count) is null && count == 1 && last[0] != '\n';
        return JournalCompaction.IsDue(file, length) && JournalCompaction.Run(path, journal) is null ? Reopened(journal) : journal;
    }

    /// <summary>Opens to read only: for what touches nothing. A missing journal reads as an empty one.</summary>
    public static Journal OpenToRead(string path, PosixError? problem = null) =>
        FileDescriptor.Open(path, OpenFlags.ReadOnly, 0, out var file) is { } error
            ? new Journal(path, null, problem ?? error) { ReadError = error.Number == Errno.ENOENT ? null : error }
            : new Journal(path, file, problem ?? new PosixError($"write {path}", Errno.EROFS));

    /// <summary>Appends one record, flushed where <see cref="JournalRecord.IsDurable"/>; what failed says so and may have left a torn line.</summary>
    public PosixError? Append(JournalRecord record)
    {
        if (Problem is not null || _file is null)
        {
            return Problem;
        }

        if (_endsTorn && _file.Write("\n"u8, out _) is { } torn)
        {
            return torn;
        }

        var line = JournalFormat.Line(record);
        var error = _file.Write(line, out var written);
        _endsTorn = error is not null && written > 0;
        return error ?? (record.IsDurable ? _file.SyncData() : null);
    }

    /// <summary>The newest first, read as far as is asked for.</summary>
    /// <param name="having">
    /// Only lines with these bytes are parsed: to look for them costs a hundredth of that, and a grown journal has thousands.
    /// </param>
    /// <param name="without">Lines with these bytes are passed over.</param>
    public IEnumerable<JournalRecord> NewestFirst(byte[]? having = null, byte[]? without = null) =>
        LinesNewestFirst()
            .Where(line => (having is null || line.Span.IndexOf(having) >= 0) && (without is null || line.Span.IndexOf(without) < 0))
            .Select(JournalFormat.Read)
            .OfType<JournalRecord>();

    public IEnumerable<ReadOnlyMemory<byte>> LinesNewestFirst() => _file is null ? [] : JournalLines.NewestFirst(_file, error => ReadError = error);

    public void Dispose() => _file?.Dispose();

    private static Journal Reopened(Journal journal)
    {
        journal.Dispose();
        return Open(journal.Path);
    }
}
