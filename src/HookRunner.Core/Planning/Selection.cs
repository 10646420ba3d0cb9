using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Language;

namespace HookRunner.Core.Planning;

/// <summary>Whether `only` and `except` leave a step in the plan.</summary>
internal sealed record Selection(GroupChoice Choice, string Group, PlanMoment Moment)
{
    /// <summary>Why the step is left out: `role is not job`; null where it is in.</summary>
    public string? LeftOut(StepDeclaration step) => Wins(step.Except) ?? Misses(step.Only);

    /// <summary>All keys of `except` that were written match.</summary>
    private string? Wins(Selector? except)
    {
        if (except is null)
        {
            return null;
        }

        var reasons = new List<string>(4);
        foreach (var (isWritten, matches, what, _) in Tests(except))
        {
            if (isWritten && matches is null)
            {
                return null;
            }

            if (isWritten)
            {
                reasons.Add($"{what} is {matches}");
            }
        }

        return reasons.Count == 0 ? null : string.Join(" and ", reasons);
    }

    /// <summary>A key of `only` that was written does not match.</summary>
    private string? Misses(Selector? only)
    {
        foreach (var (isWritten, matches, what, wanted) in only is null ? [] : Tests(only))
        {
            if (isWritten && matches is null)
            {
                return $"{what} is not {wanted}";
            }
        }

        return null;
    }

    private IEnumerable<(bool IsWritten, string? Matches, string What, string Wanted)> Tests(Selector selector)
    {
        yield return Test("environment", selector.Environments, name => name == Choice.Environment ? name : null, name => name);
        yield return Test("role", selector.Roles, name => Choice.Roles.Any(role => role.Name == name) ? name : null, name => name);
        yield return Test("group", selector.Groups, pattern => pattern.Matches(Group) ? Group : null, pattern => pattern.Written);
        yield return Test("event", EventNames(selector), name => name == Moment.Name ? name : null, name => name);
    }

    private static ImmutableArray<string>? EventNames(Selector selector) => selector.Events is { } events
        ? [.. events.Select(item => item.Name()), .. selector.Rollback ? new[] { PlanMoment.RollbackName } : []]
        : null;

    private static (bool IsWritten, string? Matches, string What, string Wanted) Test<T>(
        string what,
        ImmutableArray<T>? wanted,
        Func<T, string?> match,
        Func<T, string> name) => wanted is { } all
            ? (true, all.Select(match).FirstOrDefault(found => found is not null), what, string.Join(" or ", all.Select(name)))
            : (false, null, what, "");
}
