using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>
/// Makes a grown journal small again: the lines of the newest deployments, as they stand (those of newer versions
/// among them), in a new file that takes the old one's name by rename.
/// </summary>
internal static class JournalCompaction
{
    public const long Threshold = 4 * 1024 * 1024;

    public const int DeploymentsKept = 200;

    /// <summary>
    /// True above 4 MiB, and above twice what the last compaction left: a journal of few, large deployments would else
    /// be rewritten at every event.
    /// </summary>
    public static bool IsDue(FileDescriptor journal, long length)
    {
        if (length <= Threshold)
        {
            return false;
        }

        var head = new byte[512];
        return journal.ReadAt(head, 0, out var count) is not null
            || JournalFormat.Read(head.AsMemory(0, head.AsSpan(0, count).IndexOf((byte)'\n') is var end and > 0 ? end : count))
                is not JournalRecord.Compacted before
            || length > 2 * before.Bytes;
    }

    /// <summary>Rewrites it; the old file stands until the new one is whole on the disk.</summary>
    public static PosixError? Run(string path, Journal journal)
    {
        var lines = Kept(journal);
        if (journal.ReadError is { } unread)
        {
            return unread;
        }

        var fresh = path + ".new";
        const int flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate;
        if (FileDescriptor.Open(fresh, flags | OpenFlags.NoFollow, StateLayout.FileMode, out var file) is { } error)
        {
            return error;
        }

        using (file)
        {
            var failed = Write(file, lines) ?? file.Sync() ?? file.Close() ?? PosixPath.Rename(fresh, path);
            if (failed is not null)
            {
                PosixPath.Unlink(fresh);
                return failed;
            }
        }

        return PosixPath.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>What stays, newest first.</summary>
    private static List<ReadOnlyMemory<byte>> Kept(Journal journal)
    {
        var deployments = new HashSet<string>();
        var kept = new List<ReadOnlyMemory<byte>>();
        foreach (var line in journal.LinesNewestFirst())
        {
            var record = JournalFormat.Read(line);
            if (record is null or JournalRecord.Compacted)
            {
                continue;
            }

            if (deployments.Count < DeploymentsKept)
            {
                deployments.Add(record.Deployment);
            }

            if (deployments.Contains(record.Deployment))
            {
                kept.Add(line);
            }
        }

        return kept;
    }

    private static PosixError? Write(FileDescriptor file, List<ReadOnlyMemory<byte>> newestFirst)
    {
        var whole = new MemoryStream();
        var bytes = newestFirst.Sum(line => line.Length + 1L);
        whole.Write(JournalFormat.Line(new JournalRecord.Compacted(bytes) { Deployment = "" }));
        foreach (var line in Enumerable.Reverse(newestFirst))
        {
            whole.Write(line.Span);
            whole.WriteByte((byte)'\n');
        }

        return file.Write(whole.GetBuffer().AsSpan(0, (int)whole.Length), out _);
    }
}
