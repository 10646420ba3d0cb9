using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>A file in memory for a program that we start: what is secret goes that way, since everyone can read a command line.</summary>
internal sealed class NamelessFile : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly int _descriptor;

    private NamelessFile(int descriptor) => _descriptor = descriptor;

    /// <summary>Where our children (of the same user, or root's) find it while this object lives.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_descriptor}");

    /// <summary>Holds <paramref name="text"/>; null where the kernel has no such files or no memory (<paramref name="errno"/>).</summary>
    public static NamelessFile? Of(string text, out int errno)
    {
        var file = new NamelessFile((int)Libc.CreateNamelessFile("hookrunner", CloseOnExec));
        errno = file._descriptor < 0 ? Marshal.GetLastPInvokeError() : file.Write(Encoding.UTF8.GetBytes(text));
        if (errno == 0)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Close(_descriptor);
        }
    }

    private unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (long done = 0; done < bytes.Length;)
            {
                var count = Libc.Write(_descriptor, start + done, (nint)(bytes.Length - done));
                if (count < 0)
                {
                    return Marshal.GetLastPInvokeError();
                }

                done += count;
            }
        }

        return 0;
    }
}
