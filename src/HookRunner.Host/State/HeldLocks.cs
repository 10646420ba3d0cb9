using System.Collections.Immutable;

namespace HookRunner.Host.State;

/// <summary>Locks that are ours.</summary>
internal sealed class HeldLocks(ImmutableArray<LockFile> files, LockHolder me) : IDisposable
{
    /// <summary>Says how far the deployment is and lets go. Without it (a kill) the kernel lets go, and the run counts as failed.</summary>
    public void End(HolderState state)
    {
        foreach (var file in files)
        {
            file.Write(me with { State = state, LastSign = Boot.Now });
        }

        Dispose();
    }

    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }
}
