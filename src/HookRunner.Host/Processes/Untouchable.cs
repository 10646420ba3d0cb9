using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Processes that no step may stop: the system's first, hookrunner, and all under which it runs, the agent among them.</summary>
internal static class Untouchable
{
    private const int First = 1;

    /// <summary>What it is, in words; null where it may be stopped.</summary>
    public static string? What(ProcessStat process) => process.Id switch
    {
        First => "the first process of the system",
        var id when id == Libc.ProcessId() => "hookrunner itself",
        _ => IsAncestor(process.Id) ? "what hookrunner runs under" : null,
    };

    private static bool IsAncestor(int wanted)
    {
        var id = Libc.ProcessId();
        while (id > First && ProcessStat.Read(id) is { } process)
        {
            id = process.Parent;
            if (id == wanted)
            {
                return true;
            }
        }

        return false;
    }
}
