using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What a run that was killed left of the entries it was putting into a directory.</summary>
internal static class LeftOvers
{
    public static void Sweep(OpenDirectory source, OpenDirectory target)
    {
        if (target.List(out var names) is not null)
        {
            return;
        }

        var suspects = names.FindAll(name => name.Bytes is [(byte)'.', ..] && name.Bytes.IndexOf(".hookrunner-"u8) > 0);
        if (suspects.Count == 0 || source.List(out var sources) is not null)
        {
            return;
        }

        foreach (var name in suspects.Where(name => sources.Exists(entry => TemporaryName.IsStale(name, entry))))
        {
            // One of them is what it is: the other call is refused.
            target.Unlink(name);
            target.RemoveDirectory(name);
        }
    }
}
