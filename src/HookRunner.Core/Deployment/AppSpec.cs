using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Deployment;

/// <summary>What hookrunner needs of appspec.yml, read as both agents read it.</summary>
internal sealed record AppSpec
{
    public required SourceText Source { get; init; }

    public ImmutableArray<AppSpecFile> Files { get; init; } = [];

    /// <summary>Event names as written, misspelt ones among them, in the order of the file.</summary>
    public ImmutableArray<AppSpecHook> Hooks { get; init; } = [];

    public ImmutableArray<AppSpecPermission> Permissions { get; init; } = [];

    /// <summary>DISALLOW, OVERWRITE or RETAIN; null: not written.</summary>
    public string? FileExistsBehavior { get; init; }

    public IEnumerable<AppSpecHook> HooksOf(LifecycleEvent item) => Hooks.Where(hook => hook.Event == item.Name());
}

internal sealed record AppSpecFile(SourceLocation Location, string Source, string Destination);

/// <summary>One script of one event.</summary>
/// <param name="TimeoutSeconds">3600 where none is written.</param>
internal sealed record AppSpecHook(
    SourceLocation Location,
    string Event,
    string Script,
    int TimeoutSeconds,
    string? RunAs,
    bool Sudo);

/// <summary>One entry of `permissions`, its texts as written.</summary>
/// <param name="HasAccessRules">`acls` or `context` is written too; nothing here looks into them.</param>
internal sealed record AppSpecPermission(
    SourceLocation Location,
    string Object,
    string Pattern,
    ImmutableArray<string> Except,
    ImmutableArray<string> Types,
    string? Owner,
    string? Group,
    string? Mode,
    bool HasAccessRules = false);
