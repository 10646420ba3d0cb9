using System.Collections.Immutable;
using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>The `release:` block, complete with its defaults.</summary>
internal sealed record ReleaseSettings
{
    /// <summary>Absolute path of the link that names the live release.</summary>
    public required string Link { get; init; }

    /// <summary>The directory that Install fills, which `stage` renames; null where `source` is given.</summary>
    public string? Staging { get; init; }

    /// <summary>A directory of the bundle that `stage` copies instead.</summary>
    public string? Source { get; init; }

    /// <summary>Default: the link + `-releases`.</summary>
    public required string Releases { get; init; }

    /// <summary>Releases kept, the live one counted; at least 1.</summary>
    public int Keep { get; init; } = 5;

    /// <summary>Bytes that must stay free; older releases go first.</summary>
    public long? KeepFree { get; init; }

    public ImmutableArray<string> Shared { get; init; } = [];

    /// <summary>Default: the link + `-shared`.</summary>
    public required string SharedDirectory { get; init; }

    public OwnerName? Owner { get; init; }

    public UnixMode? Mode { get; init; }

    public bool Adopt { get; init; }
}
