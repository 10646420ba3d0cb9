using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Background;

/// <summary>The processes that an earlier step, or this one, started in the background under a name: they carry it in their environment.</summary>
internal static class BackgroundMembers
{
    public static List<ProcessStat> Of(string name) => [.. ProcessTree.All()
        .Where(id => MarkOf(id, name) is not null && RunningProgram.IsOfOurNamespace(id))
        .Select(ProcessStat.Read)
        .OfType<ProcessStat>()
        .Where(process => process.IsAlive && Untouchable.What(process) is null)];

    /// <summary>The whole mark of a process; null where it has none, or another name's.</summary>
    public static string? MarkOf(int id, string name) =>
        ProcessEnvironment.BackgroundOf(id) is { } mark && mark.StartsWith(name + " ", StringComparison.Ordinal) ? mark : null;

    /// <summary>Whether a process is one of them, or a descendant of the main one that has lost its environment.</summary>
    public static bool Include(ProcessStat process, int main, string name)
    {
        if (MarkOf(process.Id, name) is not null)
        {
            return true;
        }

        var current = process;
        while (current.Id > 1 && current.Id != main && ProcessStat.Read(current.Parent) is { } parent)
        {
            current = parent;
        }

        return current.Id == main;
    }
}
