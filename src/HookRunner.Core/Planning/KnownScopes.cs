using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Planning;

/// <summary>Words for a group that nothing takes: the nearest name, a difference of case, and what is declared.</summary>
internal static class KnownScopes
{
    private const int MostShown = 12;

    public static bool Takes(this ScopeDeclaration scope, string group)
    {
        foreach (var pattern in scope.Groups)
        {
            if (pattern.Matches(group))
            {
                return true;
            }
        }

        return false;
    }

    public static string Remedy(ImmutableArray<ScopeDeclaration> scopes, string group)
    {
        var shown = scopes.Take(MostShown).Select(scope =>
            $"{scope.Name} ({string.Join(", ", scope.Groups.Select(pattern => pattern.Written))})");
        var more = scopes.Length > MostShown ? ", ..." : "";
        var known = $"known: {string.Join(", ", shown)}{more}";
        return Guess(scopes, group) is { } guess ? $"{guess}; {known}" : known;
    }

    private static string? Guess(ImmutableArray<ScopeDeclaration> scopes, string group)
    {
        var patterns = scopes.SelectMany(scope => scope.Groups).ToList();
        foreach (var pattern in patterns.Where(pattern => MatchesButForCase(pattern, group)))
        {
            return $"`{pattern.Written}` differs from it in case only";
        }

        return Suggestion.Nearest(group, patterns.Where(pattern => pattern.IsPlain).Select(pattern => pattern.Written)) is { } nearest
            ? $"did you mean `{nearest}`?"
            : null;
    }

    private static bool MatchesButForCase(GroupPattern pattern, string group) =>
        !pattern.Written.StartsWith('/')
        && GroupPattern.Parse(pattern.Written.ToLowerInvariant(), pattern.Location, new DiagnosticBag()) is { } lower
        && lower.Matches(group.ToLowerInvariant());
}
