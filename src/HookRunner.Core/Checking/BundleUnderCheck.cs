using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Checking;

/// <summary>A bundle as it was read, on any machine.</summary>
internal sealed record BundleUnderCheck
{
    public required HookFile File { get; init; }

    /// <summary>Null where there is none, or it could not be read at all.</summary>
    public AppSpec? AppSpec { get; init; }

    /// <summary>The appspec's name at the bundle's root; null where there is none.</summary>
    public string? AppSpecName { get; init; }

    /// <summary>Deployment groups to check for; empty: made up from the file's patterns.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>What is at a path relative to the bundle; null where nothing is.</summary>
    public required Func<string, BundleEntry?> Entry { get; init; }

    /// <summary>The file itself, where a mistake has no line: something that is missing.</summary>
    public SourceLocation FileItself => new(File.Source, 0, 0);
}
