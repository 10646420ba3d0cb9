using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Planning;

/// <summary>The lists that hold for one event: the environment's own in place of the common one, and the first on_failure and always.</summary>
internal sealed record EventLists(EventDeclaration? Event, StepList? OnFailure, StepList? Always)
{
    public static EventLists Of(HookFile file, GroupChoice choice, PlanMoment moment, DiagnosticBag diagnostics)
    {
        if (moment.IsRollback)
        {
            var steps = file.Rollback;
            return new EventLists(steps is null ? null : new EventDeclaration { Location = steps.Location, Steps = steps }, null, null);
        }

        var declaration = choice.Declared?.Hooks.GetValueOrDefault(moment.Event) ?? file.Hooks.GetValueOrDefault(moment.Event);
        if (declaration is null || declaration.Steps.Steps.IsEmpty)
        {
            return new EventLists(declaration, null, null);
        }

        return new EventLists(
            declaration,
            declaration.OnFailure ?? OfRoles(choice, "on_failure", role => role.OnFailure, diagnostics) ?? choice.Declared?.OnFailure ?? file.OnFailure,
            declaration.Always ?? OfRoles(choice, "always", role => role.Always, diagnostics) ?? choice.Declared?.Always ?? file.Always);
    }

    private static StepList? OfRoles(GroupChoice choice, string key, Func<ScopeDeclaration, StepList?> select, DiagnosticBag diagnostics)
    {
        ScopeDeclaration? first = null;
        foreach (var role in choice.Roles)
        {
            if (select(role) is not { } list)
            {
                continue;
            }

            if (first is not null)
            {
                diagnostics.Error(list.Location, $"the roles `{first.Name}` and `{role.Name}` both match and both have `{key}`",
                    "keep it in one of them, or write it under the event");
                return list;
            }

            first = role;
        }

        return first is null ? null : select(first);
    }
}
