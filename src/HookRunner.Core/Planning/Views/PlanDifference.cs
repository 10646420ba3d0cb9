namespace HookRunner.Core.Planning.Views;

/// <summary>What two plans of one event do differently, for people.</summary>
internal static class PlanDifference
{
    private const int Context = 1;

    /// <summary>Nothing where both do the same; otherwise a head line and the differing lines with what stands around them.</summary>
    public static IReadOnlyList<string> Lines(ExecutionPlan first, ExecutionPlan second)
    {
        var all = LineDifference.Of(PlanText.Body(first), PlanText.Body(second));
        if (all.All(line => line.Sign == ' '))
        {
            return [];
        }

        return
        [
            $"{first.EventName}: - {Named(first)}, + {Named(second)}",
            .. Shown(all),
        ];
    }

    /// <summary>Variables that are not the same on both sides; they hold for every event.</summary>
    public static IReadOnlyList<string> OfVariables(ExecutionPlan first, ExecutionPlan second)
    {
        var differing = LineDifference.Of(Variables(first), Variables(second)).Where(line => line.Sign != ' ').Select(line => $"{line.Sign}   {line.Line}").ToList();
        return differing.Count == 0 ? [] : [$"variables: - {Named(first)}, + {Named(second)}", .. differing];
    }

    private static List<string> Variables(ExecutionPlan plan)
    {
        var mask = PlanMask.Of(plan);
        return [.. plan.Variables.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => PlanLines.Printable($"{item.Name}={mask.Shown(item.Name, item.Value)}"))];
    }

    private static IEnumerable<string> Shown(IReadOnlyList<(char Sign, string Line)> all)
    {
        var wasCut = false;
        for (var i = 0; i < all.Count; i++)
        {
            var near = Enumerable.Range(i - Context, (2 * Context) + 1).Any(at => at >= 0 && at < all.Count && all[at].Sign != ' ');
            if (near)
            {
                yield return $"{all[i].Sign} {all[i].Line}";
            }
            else if (!wasCut)
            {
                yield return "  ...";
            }

            wasCut = !near;
        }
    }

    private static string Named(ExecutionPlan plan) =>
        $"{plan.Deployment.Group} ({string.Join(", ", plan.Roles.Prepend(plan.Environment))})";
}
