using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// The processes of one running program and nobody else's: its descendants by parentage (every orphan below hookrunner
/// comes back to it) or by the token in their environment; without those that lived before it started, and what they start.
/// </summary>
internal sealed class Descendants
{
    private const int SetChildSubreaper = 36;

    private readonly HashSet<ProcessIdentity> _before = [];
    private readonly HashSet<int> _sessionsBefore = [];
    private readonly IReadOnlySet<string> _earlierTokens;
    private readonly string _token;
    private readonly int _self = Libc.ProcessId();
    private int _program;
    private ulong? _startTime;

    private Descendants(string token, IReadOnlySet<string> earlierTokens) => (_token, _earlierTokens) = (token, earlierTokens);

    /// <summary>Makes hookrunner the parent of every orphan below it, from now on (prctl(2), PR_SET_CHILD_SUBREAPER).</summary>
    public static void AdoptOrphans() => _ = Libc.ProcessControl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>To be called before the program starts: what lives now is not the program's.</summary>
    /// <param name="token">What the program will have as HOOKRUNNER_STEP.</param>
    /// <param name="earlierTokens">What the programs before it had.</param>
    public static Descendants Before(string token, IReadOnlySet<string> earlierTokens)
    {
        var result = new Descendants(token, earlierTokens);
        if (Adopted.MayExist)
        {
            var living = result.Survey(everywhere: false);
            result._before.UnionWith(living.Select(stat => stat.Identity));
            result._sessionsBefore.UnionWith(living.Select(stat => stat.Session));
            result._sessionsBefore.Remove(ProcessStat.Read(result._self)?.Session ?? 0);
        }

        return result;
    }

    /// <summary>The program has started.</summary>
    public void Follow(int program) => _program = program;

    /// <summary>
    /// What lives of it now, parents first, the program itself included. Adopted ones that have ended are reaped on the way.
    /// </summary>
    /// <param name="everywhere">Also look for the token in the environment of every process that is no child of ours.</param>
    public List<ProcessStat> Survey(bool everywhere)
    {
        var living = new List<ProcessStat>();
        var seen = new HashSet<int> { _self };
        var tree = new ProcessTree();
        var waiting = new Stack<(int Id, int Threads)>();
        waiting.Push((_self, 0));
        while (waiting.TryPop(out var parent))
        {
            foreach (var id in tree.ChildrenOf(parent.Id, parent.Threads))
            {
                if (seen.Add(id) && ProcessStat.Read(id) is { } child && IsOurs(child, parent.Id))
                {
                    living.Add(child);
                    waiting.Push((id, child.Threads));
                }
            }
        }

        if (everywhere)
        {
            living.AddRange(FindByToken(seen));
        }

        return living;
    }

    private bool IsOurs(ProcessStat child, int parent)
    {
        var isAdopted = child.Parent == _self && child.Id != _program;
        if (!child.IsAlive)
        {
            if (isAdopted)
            {
                Adopted.Reap(child.Id);
            }

            return false;
        }

        // Another parent than it was listed under: the pid was reused meanwhile, or the parent ended and it is ours directly.
        return (child.Parent == parent || isAdopted)
            && !_before.Contains(child.Identity)
            && !(isAdopted && IsOfAnEarlierProgram(child));
    }

    // A server that an earlier step left running starts workers that become orphans: not this program's. They carry the
    // earlier step's token, or, where something cleared their environment (sudo), are in the server's session.
    private bool IsOfAnEarlierProgram(ProcessStat child) =>
        _sessionsBefore.Contains(child.Session)
        || (_earlierTokens.Count > 0 && _program != 0 && ProcessEnvironment.StepOf(child.Id) is { } token
            && token != _token && _earlierTokens.Contains(token));

    private IEnumerable<ProcessStat> FindByToken(HashSet<int> seen)
    {
        // Still there, as a zombie at least: the program is let go of only when all of it has been stopped.
        _startTime ??= ProcessStat.Read(_program)?.StartTime ?? 0;
        return ProcessTree.All()
            .Where(id => !seen.Contains(id))
            .Select(ProcessStat.Read)
            .OfType<ProcessStat>()
            .Where(stat => stat.IsAlive && stat.StartTime >= _startTime && !_before.Contains(stat.Identity)
                && ProcessEnvironment.StepOf(stat.Id) == _token);
    }
}
