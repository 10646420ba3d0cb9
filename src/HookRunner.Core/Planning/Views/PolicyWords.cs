using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Views;

/// <summary>What holds for a step or a list beside what it does, in the words of a plan.</summary>
internal static class PolicyWords
{
    /// <summary>User, directory, bounds, attempts; each a phrase.</summary>
    public static IEnumerable<string> Of(PlannedStep step)
    {
        var program = step.Program;
        if (step.StartsProgram && program.User is { } user)
        {
            yield return $"as {user}";
        }

        if (program.WorkingDirectory is { } directory)
        {
            yield return $"in {directory}";
        }

        if (program.Umask != ProgramSettings.Default.Umask)
        {
            yield return $"umask {Convert.ToString(program.Umask, 8).PadLeft(3, '0')}";
        }

        if (program.OpenFiles is { } files)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {files} open files");
        }

        if (program.Login)
        {
            yield return "in a login shell";
        }

        foreach (var phrase in Bounds(step))
        {
            yield return phrase;
        }

        if (step.Retry is { } retry)
        {
            yield return Retry(retry);
        }

        if (program.Capture is { } capture)
        {
            yield return $"its output becomes ${capture.Name}{(capture.Secret ? ", masked" : "")}";
        }
    }

    public static IEnumerable<string> Of(PlannedGroup group) => Bounds(group);

    /// <summary>`when` and `unless`, each a phrase.</summary>
    public static IEnumerable<string> Conditions(PlannedNode node)
    {
        foreach (var condition in node.When)
        {
            yield return $"when {condition}";
        }

        foreach (var condition in node.Unless)
        {
            yield return $"unless {condition}";
        }
    }

    private static IEnumerable<string> Bounds(PlannedNode node)
    {
        if (node.Timeout is { } timeout)
        {
            yield return $"at most {Duration.Format(timeout)}";
        }

        if (node.AllowFailure)
        {
            yield return "a failure is a warning";
        }
    }

    private static string Retry(RetryPolicy retry)
    {
        var growth = retry.Exponential ? ", then twice as long each time" : "";
        var bound = retry.MaxDelay is { } most ? $", never above {Duration.Format(most)}" : "";
        var spread = retry.Jitter ? ", spread at random" : "";
        var statuses = retry.OnExit.IsEmpty ? "" : $", only after exit {string.Join(" or ", retry.OnExit)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{retry.Attempts} attempts, {Duration.Format(retry.Delay)} apart{growth}{bound}{spread}{statuses}");
    }
}
