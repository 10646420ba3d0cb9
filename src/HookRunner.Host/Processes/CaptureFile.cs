using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>A file without a name that takes a program's stdout where that is captured.</summary>
internal sealed class CaptureFile : IDisposable
{
    /// <summary>Bytes that are kept of it.</summary>
    public const int Limit = 64 * 1024;

    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Append | OpenFlags.CloseOnExec;
    private const uint OwnerOnly = 0x180;

    private long _given = 2 * Limit;

    private CaptureFile(int descriptor) => Descriptor = descriptor;

    public int Descriptor { get; }

    /// <summary>Made beside the log, else in /tmp; null where neither takes a file.</summary>
    public static CaptureFile? Open(StepLog log, UserAccount? user)
    {
        var descriptor = OpenIn(Path.GetDirectoryName(log.Path), log.Token);
        descriptor = descriptor >= 0 ? descriptor : OpenIn("/tmp", log.Token);
        if (descriptor < 0)
        {
            return null;
        }

        // Else the program could not reopen it by name (`tee /dev/stdout`).
        _ = user is null ? 0 : Libc.ChangeOwner(descriptor, user.Id, user.GroupId);
        return new CaptureFile(descriptor);
    }

    /// <summary>What was captured, without its last newline.</summary>
    public string Read(out bool isCut)
    {
        var buffer = new byte[Limit + 1];
        var read = LogFile.Read(Descriptor, buffer, 0);
        isCut = read > Limit;
        var text = Encoding.UTF8.GetString(buffer, 0, Math.Min(read, Limit));
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Gives the disk back what nobody will read.</summary>
    public void Trim()
    {
        const int punchHole = 3, step = 1 << 20;
        if (LogFile.Length(Descriptor) is var length && length - _given > step)
        {
            _ = Libc.Fallocate(Descriptor, punchHole, _given, length - _given);
            _given = length;
        }
    }

    public void Dispose() => _ = Libc.Close(Descriptor);

    private static int OpenIn(string? folder, string token)
    {
        if (folder is null)
        {
            return -1;
        }

        var path = Path.Join(folder, ".capture-" + token);
        var descriptor = Libc.Open(path, Flags, OwnerOnly);
        if (descriptor >= 0)
        {
            _ = Libc.Unlink(path);
        }

        return descriptor;
    }
}
