namespace HookRunner.Host.Os;

/// <summary>Reads of /proc, which must be one call each to be a snapshot, and quick: a walk makes thousands.</summary>
internal static class ProcFile
{
    /// <summary>The start of the file, as much as fits; empty where it cannot be read (a process that has gone).</summary>
    public static unsafe ReadOnlySpan<byte> Read(string path, Span<byte> buffer)
    {
        var descriptor = Libc.Open(path, OpenFlags.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return [];
        }

        nint read;
        fixed (byte* start = buffer)
        {
            read = Libc.Read(descriptor, start, buffer.Length);
        }

        _ = Libc.Close(descriptor);
        return read > 0 ? buffer[..(int)read] : [];
    }

    /// <summary>The whole file, up to 4 MiB; empty where it cannot be read.</summary>
    public static unsafe byte[] ReadAll(string path)
    {
        const int Largest = 4 * 1024 * 1024;
        var descriptor = Libc.Open(path, OpenFlags.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return [];
        }

        var content = new byte[4096];
        var length = 0;
        nint read;
        do
        {
            if (length == content.Length)
            {
                Array.Resize(ref content, content.Length * 2);
            }

            fixed (byte* start = content)
            {
                read = Libc.Read(descriptor, start + length, content.Length - length);
            }

            length += Math.Max(0, (int)read);
        }
        while (read > 0 && length < Largest);

        _ = Libc.Close(descriptor);
        return content[..length];
    }
}
