using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// The processes of one running program and nobody else's: its descendants by parentage (every orphan below hookrunner
/// comes back to it) or by the token in their environment; without those that lived before it started, and what they start.
/// </summary>
internal sealed class Descendants
{
    private const int SetChildSubreaper = 36;

    private readonly HashSet<ProcessIdentity> _before;
    private readonly byte[] _token;
    private readonly int _self = Libc.ProcessId();
    private int _program;
    private ulong _startTime;

    private Descendants(HashSet<ProcessIdentity> before, string token)
    {
        _before = before;
        _token = Encoding.UTF8.GetBytes("HOOKRUNNER_STEP=" + token);
    }

    /// <summary>Makes hookrunner the parent of every orphan below it, from now on (prctl(2), PR_SET_CHILD_SUBREAPER).</summary>
    public static void AdoptOrphans() => _ = Libc.ProcessControl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>To be called before the program starts: what lives now is not the program's.</summary>
    public static Descendants Before(string token)
    {
        var result = new Descendants([], token);
        if (Adopted.MayExist)
        {
            result.Survey(everywhere: false).ForEach(stat => result._before.Add(stat.Identity));
        }

        return result;
    }

    /// <summary>The program has started.</summary>
    public void Follow(int program)
    {
        _program = program;
        _startTime = ProcessStat.Read(program)?.StartTime ?? 0;
    }

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
            && !(isAdopted && CarriesOtherToken(child.Id));
    }

    // A server that an earlier step left running starts workers that become orphans: not this program's.
    private bool CarriesOtherToken(int id)
    {
        var environment = ProcessEnvironment.Read(id);
        return ProcessEnvironment.Holds(environment, "HOOKRUNNER_STEP="u8, wholeEntry: false)
            && !ProcessEnvironment.Holds(environment, _token, wholeEntry: true);
    }

    private IEnumerable<ProcessStat> FindByToken(HashSet<int> seen) => ProcessTree.All()
        .Where(id => !seen.Contains(id))
        .Select(ProcessStat.Read)
        .OfType<ProcessStat>()
        .Where(stat => stat.IsAlive && stat.StartTime >= _startTime && !_before.Contains(stat.Identity)
            && ProcessEnvironment.Holds(ProcessEnvironment.Read(stat.Id), _token, wholeEntry: true));
}
