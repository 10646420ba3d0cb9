using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Views;

/// <summary>Hides the values of what `mask` names, wherever in a plan they come up.</summary>
internal sealed class PlanMask
{
    private const string Hidden = "***";

    /// <summary>Shorter values are hidden under their own names only: half of every text would be.</summary>
    private const int Shortest = 4;

    private readonly List<string> _secrets;
    private readonly ExecutionPlan _plan;

    private PlanMask(ExecutionPlan plan, List<string> secrets) => (_plan, _secrets) = (plan, secrets);

    public static PlanMask Of(ExecutionPlan plan)
    {
        if (plan.Mask.IsEmpty)
        {
            return new PlanMask(plan, []);
        }

        var named = plan.AllSteps.SelectMany(step => step.Program.Environment).Where(item => item.Value.IsComplete).Select(item => (item.Name, item.Value.Text));
        var secrets = named.Concat(plan.Variables).Where(item => IsMasked(item.Item1, plan) && item.Item2.Length >= Shortest).Select(item => item.Item2);
        return new PlanMask(plan, [.. secrets.Distinct().OrderByDescending(secret => secret.Length)]);
    }

    /// <summary>The text without any of the secrets.</summary>
    public string Hide(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The value of one name.</summary>
    public string Shown(string name, string value) => IsMasked(name, _plan) ? Hidden : Hide(value);

    private static bool IsMasked(string name, ExecutionPlan plan)
    {
        foreach (var pattern in plan.Mask)
        {
            if (Glob.Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }
}
