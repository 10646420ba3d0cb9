namespace HookRunner.Core.Deployment;

/// <summary>How long the agent gives an event, and what says so.</summary>
/// <param name="Length">T of the design: after it the agent ends the hook.</param>
/// <param name="SetBy">For messages: `appspec.yml: 300 s`.</param>
/// <param name="IsKnown">False where no entry of appspec.yml tells, and a careful guess stands in.</param>
internal sealed record EventTime(TimeSpan Length, string SetBy, bool IsKnown)
{
    private const int SecondsWhereUnknown = 300;

    /// <summary>The smallest timeout among the event's entries whose location is one of ours: nothing tells their runs apart.</summary>
    /// <param name="isOurs">Whether a location at the bundle's root is a file that runs hookrunner.</param>
    public static EventTime Of(AppSpec? appSpec, LifecycleEvent item, Func<string, bool> isOurs)
    {
        var name = item.Name();
        AppSpecHook? shortest = null;
        foreach (var hook in appSpec?.Hooks ?? [])
        {
            if (hook.Event == name && (shortest is null || hook.TimeoutSeconds < shortest.TimeoutSeconds) && LiesAtRoot(hook.Script) && isOurs(hook.Script))
            {
                shortest = hook;
            }
        }

        return shortest is null
            ? new EventTime(TimeSpan.FromSeconds(SecondsWhereUnknown), $"no entry of appspec.yml tells: {SecondsWhereUnknown} s", false)
            : new EventTime(TimeSpan.FromSeconds(shortest.TimeoutSeconds), $"appspec.yml: {shortest.TimeoutSeconds} s", true);
    }

    /// <summary>hookrunner.yml lies at the bundle's root, and hookrunner beside it. The agents take a leading slash off.</summary>
    private static bool LiesAtRoot(string location)
    {
        var path = location.AsSpan().TrimStart('/');
        return !(path.StartsWith("./") ? path[2..] : path).Contains('/');
    }
}
