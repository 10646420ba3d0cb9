using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>An entry, and where it goes.</summary>
internal sealed record TreePair(OpenDirectory From, FileName Name, OpenDirectory To, FileName Copy)
{
    /// <summary>Where it goes, for messages.</summary>
    public string Target => To.At(Copy);
}
