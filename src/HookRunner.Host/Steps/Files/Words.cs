using System.Collections.Immutable;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Files;

/// <summary>Parts of a plan's line that several kinds share.</summary>
internal static class Words
{
    /// <summary>`, owned by deploy:web, mode 0750`; empty where neither is written.</summary>
    public static string OwnerAndMode(OwnerName? owner, UnixMode? mode) =>
        (owner is null ? "" : $", owned by {owner}") + (mode is null ? "" : $", mode {mode}");

    /// <summary>`a, b and c`.</summary>
    public static string List(ImmutableArray<Template> items) => items.Length < 2
        ? string.Concat(items)
        : $"{string.Join(", ", items[..^1])} and {items[^1]}";
}
