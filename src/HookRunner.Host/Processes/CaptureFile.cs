using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>A file without a name that takes a program's stdout where that is captured.</summary>
internal sealed class CaptureFile : IDisposable
{
    private const uint NamelessCloseOnExec = 1;

    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Append | OpenFlags.CloseOnExec;
    private const uint OwnerOnly = 0x180;

    private readonly int _most;
    private long _given;

    private CaptureFile(int descriptor, int most) => (Descriptor, _most, _given) = (descriptor, most, 2L * most);

    public int Descriptor { get; }

    /// <summary>Made beside the log, else in /tmp; a secret's in memory, where the kernel can. Null where no place takes a file.</summary>
    public static CaptureFile? Open(StepLog log, ProcessRequest request)
    {
        var descriptor = request.CapturesSecret ? (int)Libc.CreateNamelessFile("hookrunner-capture", NamelessCloseOnExec) : -1;
        descriptor = descriptor >= 0 ? descriptor : OpenIn(Path.GetDirectoryName(log.Path), log.Token);
        descriptor = descriptor >= 0 ? descriptor : OpenIn("/tmp", log.Token);
        if (descriptor < 0)
        {
            return null;
        }

        // Else the program could not reopen it by name (`tee /dev/stdout`).
        _ = request.User is not { } user ? 0 : Libc.ChangeOwner(descriptor, user.Id, user.GroupId);
        return new CaptureFile(descriptor, request.MostCaptured);
    }

    /// <summary>As a text, without its last newline.</summary>
    public static string Text(ReadOnlySpan<byte> captured)
    {
        var text = Encoding.UTF8.GetString(captured);
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>What was captured, as far as it is kept.</summary>
    public byte[] Read(out bool isCut)
    {
        var length = LogFile.Length(Descriptor);
        isCut = length > _most;
        var buffer = new byte[Math.Min(length, _most)];
        var read = LogFile.Read(Descriptor, buffer, 0);
        return read == buffer.Length ? buffer : buffer[..read];
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
