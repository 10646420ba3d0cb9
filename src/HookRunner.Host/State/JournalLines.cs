using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>The lines of a file from its end backwards, so that an event's start pays for the newest records only.</summary>
internal static class JournalLines
{
    private const int ChunkSize = 32 * 1024;

    /// <summary>A line longer than this is no record of ours; it is passed over.</summary>
    private const int LongestLine = 1024 * 1024;

    /// <param name="failed">Told why the lines end before the file's start.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> NewestFirst(FileDescriptor file, Action<PosixError> failed)
    {
        if (file.Length(out var end) is { } unknown)
        {
            failed(unknown);
            yield break;
        }

        // The part of a line that was seen so far: it goes on in the chunk before.
        byte[] rest = [];
        while (end > 0)
        {
            var start = Math.Max(0, end - ChunkSize);
            var chunk = new byte[(int)(end - start) + rest.Length];
            if (file.ReadAt(chunk.AsSpan(0, (int)(end - start)), start, out var count) is { } unread)
            {
                failed(unread);
                yield break;
            }

            if (count < end - start)
            {
                yield break;
            }

            rest.CopyTo(chunk, count);
            var until = chunk.Length;
            for (var newline = chunk.AsSpan(0, count).LastIndexOf((byte)'\n'); newline >= 0; newline = chunk.AsSpan(0, newline).LastIndexOf((byte)'\n'))
            {
                if (newline + 1 < until)
                {
                    yield return chunk.AsMemory((newline + 1)..until);
                }

                until = newline;
            }

            rest = until <= LongestLine ? chunk[..until] : [];
            end = start;
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }
}
