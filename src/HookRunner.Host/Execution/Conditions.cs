using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Execution;

/// <summary>`when` and `unless` together: all of the one must hold, any of the other skips.</summary>
internal static class Conditions
{
    /// <summary>Why a step or a list is skipped; null where it runs.</summary>
    public static string? WhyNot(
        ImmutableArray<Condition> when,
        ImmutableArray<Condition> unless,
        StepRun run,
        bool isFirstRelease,
        bool onlyComplete)
    {
        foreach (var condition in when)
        {
            if ((!onlyComplete || IsComplete(condition)) && !Holds(condition, run, isFirstRelease))
            {
                return $"when: {condition} does not hold";
            }
        }

        foreach (var condition in unless)
        {
            if ((!onlyComplete || IsComplete(condition)) && Holds(condition, run, isFirstRelease))
            {
                return $"unless: {condition}";
            }
        }

        return null;
    }

    private static bool Holds(Condition condition, StepRun run, bool isFirstRelease) =>
        condition is Condition.FirstRelease ? isFirstRelease : ConditionCheck.Holds(condition, run);

    /// <summary>A command is only asked once, when all about the step is known.</summary>
    private static bool IsComplete(Condition condition) => condition switch
    {
        Condition.Exists exists => exists.Path.IsComplete,
        Condition.Missing missing => missing.Path.IsComplete,
        Condition.FirstRelease => true,
        _ => false,
    };
}
