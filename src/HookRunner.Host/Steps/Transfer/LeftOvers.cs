using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What a run that was killed left of the entries it was putting into a directory.</summary>
internal static class LeftOvers
{
    /// <summary>Of all that a directory has.</summary>
    public static void Sweep(OpenDirectory source, OpenDirectory target)
    {
        if (Suspects(target) is { Count: > 0 } suspects && source.List(out var entries) is null)
        {
            Sweep(target, suspects, entries);
        }
    }

    /// <summary>Of one entry.</summary>
    public static void Sweep(OpenDirectory target, FileName entry) => Sweep(target, Suspects(target), [entry]);

    private static List<FileName> Suspects(OpenDirectory target) => target.List(out var names) is null
        ? names.FindAll(name => name.Bytes is [(byte)'.', ..] && name.Bytes.IndexOf(".hookrunner-"u8) > 0)
        : [];

    private static void Sweep(OpenDirectory target, List<FileName> suspects, List<FileName> entries)
    {
        foreach (var name in suspects.Where(name => entries.Exists(entry => TemporaryName.IsStale(name, entry))))
        {
            // One of them is what it is: the other call is refused.
            target.Unlink(name);
            target.RemoveDirectory(name);
        }
    }
}
