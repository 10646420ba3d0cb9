using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reporting;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>`hookrunner log [DEPLOYMENT] [EVENT]`: the whole outputs of an event's steps.</summary>
internal static class LogCommand
{
    /// <summary>0; 2 where there is no such deployment or event; 3 where no state is found.</summary>
    public static int Run(LogOptions options, TextWriter output)
    {
        if (options.Place.Find() is not HostState.Found found)
        {
            return StatusCommand.Run(options.Place, output);
        }

        using var journal = Journal.OpenToRead(found.Layout.Journal);
        var deployments = RunHistory.Deployments(journal.NewestFirst(), int.MaxValue);
        var deployment = options.Deployment is null ? deployments[0] : deployments.FirstOrDefault(item => item.Id == options.Deployment);
        if (deployment is null)
        {
            return Unknown(output, "deployment", options.Deployment!, [.. deployments.Select(item => item.Id)]);
        }

        var run = options.Event is null
            ? deployment.Events.LastOrDefault(item => item.Failed) ?? deployment.Events[^1]
            : deployment.Events.LastOrDefault(item => item.Event == options.Event);
        if (run is null)
        {
            return Unknown(output, $"event of {deployment.Id}", options.Event!, [.. deployment.Events.Select(item => item.Event).Distinct()]);
        }

        output.Write(options.Place.Json ? LogText.Json(deployment, run) : "");
        if (!options.Place.Json)
        {
            LogText.Write(deployment, run, output);
        }

        return ExitStatus.Done;
    }

    private static int Unknown(TextWriter output, string what, string name, ImmutableArray<string> known)
    {
        const int mostShown = 8;
        output.WriteLine($"no {what} is recorded here as `{name}`");
        output.WriteLine($"  {(Suggestion.Nearest(name, known) is { } nearest ? $"did you mean `{nearest}`? " : "")}known: {string.Join(", ", known.Take(mostShown))}");
        return ExitStatus.Usage;
    }
}
