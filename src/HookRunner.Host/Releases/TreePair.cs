using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>An entry, and where it goes.</summary>
internal sealed class TreePair(OpenDirectory from, FileName name, OpenDirectory to, FileName copy)
{
    public OpenDirectory From => from;

    public FileName Name => name;

    public OpenDirectory To => to;

    /// <summary>The name that it gets.</summary>
    public FileName Copy => copy;

    /// <summary>Where it goes, for messages.</summary>
    public string Target => to.At(copy);
}
