using HookRunner.Host.Os;

namespace HookRunner.Host.Output;

/// <summary>
/// Keeps a runaway log from filling the disk: where less than a tenth of the file system is free (or a gigabyte, or half of a
/// small one), the middle of a large log is given back; its start and end stay, and offsets do not move. With room enough,
/// everything is kept.
/// </summary>
internal sealed class LogSpace(int descriptor, long start)
{
    private const long KeptStart = 1 << 20;
    private const long KeptEnd = 32 << 20;
    private const long LookEvery = 96 << 20;
    private const long Gigabyte = 1 << 30;

    // fallocate(2): FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE.
    private const int PunchHole = 3;

    private long _kept = start + KeptStart;
    private bool _hasSaid;

    /// <summary>Looks whether it is time to give something back; true the first time that it was.</summary>
    public bool Keep(long length)
    {
        if (length - _kept < LookEvery || !IsNearlyFull())
        {
            return false;
        }

        var end = length - KeptEnd;
        if (Libc.Fallocate(descriptor, PunchHole, _kept, end - _kept) != 0)
        {
            return false;
        }

        var isFirst = !_hasSaid;
        _kept = end;
        _hasSaid = true;
        return isFirst;
    }

    // struct statfs on 64-bit Linux: type, block size, blocks, free, available; eight bytes each.
    private unsafe bool IsNearlyFull()
    {
        var fields = stackalloc long[32];
        if (Libc.FileSystemStatus(descriptor, fields) != 0)
        {
            return false;
        }

        var (total, free) = (fields[2] * fields[1], fields[4] * fields[1]);
        return free < Math.Max(total / 10, Math.Min(Gigabyte, total / 2));
    }
}
