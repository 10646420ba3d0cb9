using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Planning;

/// <summary>What a deployment group's name decides: its environment, its roles, and what its patterns captured.</summary>
internal sealed record GroupChoice
{
    /// <summary>The environment's name; the group's where the file declares none.</summary>
    public required string Environment { get; init; }

    /// <summary>Null where the file declares no environments.</summary>
    public ScopeDeclaration? Declared { get; init; }

    public ImmutableArray<ScopeDeclaration> Roles { get; init; } = [];

    public ImmutableArray<GroupCapture> Captures { get; init; } = [];

    /// <summary>Null after a reported mistake: no environment or two, or no role where roles are declared.</summary>
    public static GroupChoice? Of(HookFile file, string group, DiagnosticBag diagnostics)
    {
        var environments = Matching(file.Environments, group);
        var roles = Matching(file.Roles, group);
        var isKnown = environments.Length == 1 || file.Environments.IsEmpty;
        if (!isKnown)
        {
            ReportEnvironments(file, environments, group, diagnostics);
        }

        if (roles.IsEmpty && !file.Roles.IsEmpty)
        {
            diagnostics.Error(file.Roles[0].Location, $"no role takes deployment group `{group}`",
                KnownScopes.Remedy(file.Roles, group) + "; or give one role `default: true`");
            isKnown = false;
        }

        if (!isKnown)
        {
            return null;
        }

        var declared = environments.FirstOrDefault();
        return new GroupChoice
        {
            Environment = declared?.Name ?? group,
            Declared = declared,
            Roles = roles,
            Captures = CapturesOf([.. environments, .. roles], group, diagnostics),
        };
    }

    /// <summary>Those that match, or the one that is the default when none does.</summary>
    private static ImmutableArray<ScopeDeclaration> Matching(ImmutableArray<ScopeDeclaration> scopes, string group)
    {
        var matching = scopes.RemoveAll(scope => scope.IsDefault || !scope.Takes(group));
        return matching.IsEmpty ? scopes.RemoveAll(scope => !scope.IsDefault) : matching;
    }

    private static void ReportEnvironments(
        HookFile file,
        ImmutableArray<ScopeDeclaration> matching,
        string group,
        DiagnosticBag diagnostics)
    {
        if (matching.IsEmpty)
        {
            diagnostics.Error(file.Environments[0].Location, $"no environment takes deployment group `{group}`",
                KnownScopes.Remedy(file.Environments, group));
            return;
        }

        var both = string.Join(" and ", matching.Select(scope => $"`{scope.Name}` ({Reason(scope, group)})"));
        diagnostics.Error(matching[1].Location, $"deployment group `{group}` matches {matching.Length} environments: {both}",
            "exactly one must match; make one of the patterns narrower");
    }

    private static string Reason(ScopeDeclaration scope, string group) =>
        scope.Groups.FirstOrDefault(pattern => pattern.Matches(group))?.Written ?? "default: true";

    private static ImmutableArray<GroupCapture> CapturesOf(
        ImmutableArray<ScopeDeclaration> scopes,
        string group,
        DiagnosticBag diagnostics)
    {
        var captures = ImmutableArray.CreateBuilder<GroupCapture>();
        foreach (var pattern in scopes.SelectMany(scope => scope.Groups))
        {
            foreach (var (name, value) in pattern.Captures(group))
            {
                Add(new GroupCapture(pattern.Location, name, value), captures, diagnostics);
            }
        }

        return captures.DrainToImmutable();
    }

    private static void Add(GroupCapture capture, ImmutableArray<GroupCapture>.Builder captures, DiagnosticBag diagnostics)
    {
        if (captures.FirstOrDefault(other => other.Name == capture.Name) is not { } earlier)
        {
            captures.Add(capture);
        }
        else if (earlier.Value != capture.Value)
        {
            diagnostics.Error(capture.Location,
                $"two patterns capture `{capture.Name}` differently: `{earlier.Value}` ({earlier.Location}) and `{capture.Value}`");
        }
    }
}

/// <summary>A named capture of a regex that took part in matching the group.</summary>
internal sealed record GroupCapture(SourceLocation Location, string Name, string Value);
