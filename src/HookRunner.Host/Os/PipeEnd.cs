using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>One end of a pipe, close-on-exec.</summary>
internal sealed class PipeEnd(int number)
{
    private const int CloseOnExec = 0x80000;
    private const short Readable = 1;

    /// <summary>-1 once closed.</summary>
    public int Number { get; private set; } = number;

    public bool IsOpen => Number >= 0;

    public static unsafe PosixError? Make(out PipeEnd reading, out PipeEnd writing)
    {
        var ends = stackalloc int[2] { -1, -1 };
        var result = Libc.Pipe(ends, CloseOnExec);
        (reading, writing) = (new PipeEnd(ends[0]), new PipeEnd(ends[1]));
        return result == 0 ? null : new PosixError("pipe", Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits until one of them has something or is at its end, at most so long; only those are given back.</summary>
    public static unsafe List<PipeEnd> Wait(IReadOnlyList<PipeEnd> ends, int milliseconds)
    {
        var entries = stackalloc Libc.PollEntry[ends.Count];
        for (var i = 0; i < ends.Count; i++)
        {
            entries[i] = new Libc.PollEntry { Descriptor = ends[i].Number, Events = Readable };
        }

        var ready = new List<PipeEnd>();
        var count = Libc.Poll(entries, (nuint)ends.Count, milliseconds);
        for (var i = 0; count > 0 && i < ends.Count; i++)
        {
            if (entries[i].Returned != 0)
            {
                ready.Add(ends[i]);
            }
        }

        return ready;
    }

    /// <summary>What is there, at most a buffer full; 0 at the end or after an error.</summary>
    public unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
            {
                count = Libc.Read(Number, pointer, buffer.Length);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

            return (int)Math.Max(count, 0);
        }
    }

    public void Close()
    {
        if (IsOpen)
        {
            _ = Libc.Close(Number);
            Number = -1;
        }
    }
}
