using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Output;

/// <summary>Lines for whoever listens when there may be no relay any more: straight to descriptor 2, which steps never hold open.</summary>
internal static class LastWords
{
    public static unsafe void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* start = bytes)
        {
            _ = Libc.Write(2, start, bytes.Length);
        }
    }
}
