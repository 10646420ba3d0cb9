using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// The time between TERM and KILL when hookrunner itself was told to stop. Agent 2.x kills it 5 s after its TERM; with
/// `runas` it is started by su, which kills after 2 s (util-linux, su-common.c).
/// </summary>
internal static class HurriedGrace
{
    private static readonly TimeSpan UnderAgent = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UnderSu = TimeSpan.FromSeconds(1);

    public static TimeSpan Span { get; } = IsStartedBySu() ? UnderSu : UnderAgent;

    private static bool IsStartedBySu()
    {
        Span<byte> buffer = stackalloc byte[32];
        var parent = ProcessStat.Read(Libc.ProcessId())?.Parent ?? 0;
        var name = ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/comm"), buffer);
        return name.SequenceEqual("su\n"u8);
    }
}
