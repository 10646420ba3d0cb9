using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Containers;

namespace HookRunner.Host.Steps.Compose;

/// <summary>What can be seen to be wrong in a `compose` step before anything is asked.</summary>
internal static class ComposeRules
{
    private static readonly (string Key, string[] Verbs)[] Limited =
    [
        ("wait", ["up"]), ("within", ["up"]), ("settle", ["up"]), ("build", ["up"]), ("scale", ["up"]), ("remove_orphans", ["up", "down"]),
    ];

    /// <summary>False after a reported mistake.</summary>
    public static bool Check(ComposeAction action, StepFields fields, ImmutableArray<Template> written)
    {
        var isRight = CheckServices(action, fields, written)
            & ContainerRules.Each(fields, action.Project is { } project ? [project] : [], ComposeProject.NameMistake)
            & ContainerRules.Each(fields, [.. action.Scale.Select(item => item.Value)], text =>
                ComposeAction.IsScale(text) ? null : $"`{text}` is no number of containers; expected a whole number");
        foreach (var (key, verbs) in Limited)
        {
            if (fields.Has(key) && !verbs.Contains(action.Verb))
            {
                fields.Error(key, $"`{key}` means nothing beside `{action.Verb}`", "take it out");
                isRight = false;
            }
        }

        return isRight;
    }

    private static bool CheckServices(ComposeAction action, StepFields fields, ImmutableArray<Template> written)
    {
        if (action.Verb == "down" && action.Services.Length > 0)
        {
            fields.Error("down", "`down` takes only `true`: it is for the whole project");
            return false;
        }

        if (written.Length == 0)
        {
            fields.Error(action.Verb, $"`{action.Verb}` names no service", "`true` means all");
            return false;
        }

        return ContainerRules.Each(fields, action.Services, text => text is "true" or "false" || !IsService(text)
            ? $"`{text}` is no service; expected `true`, or names of services"
            : null);
    }

    private static bool IsService(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
