using System.Globalization;
using HookRunner.Core.Deployment;

namespace HookRunner.Core.Planning.Views;

/// <summary>The `release:` block in a plan's words, where the event has to do with it.</summary>
internal static class ReleaseWords
{
    public static IEnumerable<string> Of(ExecutionPlan plan)
    {
        if (plan.Release is not { } release)
        {
            yield break;
        }

        var isFirst = plan.Event == LifecycleEvent.BeforeInstall && !plan.IsRollback;
        if (isFirst && release.Staging is { } staging)
        {
            yield return $"first {staging} is made an empty place for Install: what an earlier deployment left there unstaged is removed";
        }

        if (plan.Steps.SelectMany(node => node.Flatten()).Any(step => step.Kind == "release"))
        {
            var from = release.Staging is { } place ? $"{place}, by rename" : $"a copy of the bundle's {release.Source}";
            var shared = release.Shared.IsEmpty ? "" : $", {string.Join(", ", release.Shared)} shared in {release.SharedDirectory}";
            yield return string.Create(
                CultureInfo.InvariantCulture, $"release {release.Link}: from {from}, into {release.Releases}, {release.Keep} kept{shared}");
        }
    }
}
