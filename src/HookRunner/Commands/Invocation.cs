using System.Globalization;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>What is asked for: which event, of which deployment, from which bundle. A closed set.</summary>
internal abstract record Invocation
{
    private Invocation()
    {
    }

    /// <summary>All is known that there is to know before the file is read.</summary>
    /// <param name="Note">What was taken from this host's records; null: nothing.</param>
    internal sealed record Ready(LifecycleEvent Event, DeploymentContext Deployment, string? Note = null) : Invocation;

    /// <summary>It cannot be run.</summary>
    /// <param name="IsPreviousRevision">The event runs the previous revision's file.</param>
    internal sealed record Refused(IReadOnlyList<string> Lines, int ExitStatus, bool IsPreviousRevision) : Invocation;

    public static Invocation From(RunOptions options, AgentVariables variables)
    {
        if ((options.Event ?? variables.Event) is not { } name)
        {
            return new Refused(variables.AreSudos ? SudoLines : NoEventLines, ExitStatus.Invalid, false);
        }

        if (LifecycleEvents.Parse(name) is not { } item)
        {
            return new Refused(
                [$"`{name}` is no lifecycle event in which the agent runs scripts", $"  {Suggestion.Remedy(name, LifecycleEvents.Names)}"],
                options.Event is null ? ExitStatus.Invalid : ExitStatus.Usage,
                false);
        }

        var isPreviousRevision = item.RunsPreviousRevision();
        var last = (options.Group ?? variables.Group) is null && !variables.AreTheAgents ? LastDeployment.Recorded(options) : null;
        if ((options.Group ?? variables.Group ?? last?.Group) is not { } group)
        {
            return new Refused(["no deployment group is known: DEPLOYMENT_GROUP_NAME is not set", "  by hand: give it with --group"],
                variables.AreTheAgents ? ExitStatus.Invalid : ExitStatus.Usage, isPreviousRevision);
        }

        var found = BundleLocator.Find(options.Bundle, variables.Bundle ?? last?.Bundle, out var looked);
        return found is { } bundle
            ? new Ready(item, Context(Over(options, last), variables, group, bundle), last is null ? null : LastDeployment.Note(last))
            : new Refused(
                [$"there is no {BundleLocator.FileName} in {string.Join(" or ", looked)}",
                    "  it belongs beside the executable, at the root of the bundle; by hand: give the bundle with --bundle"],
                ExitStatus.Invalid, isPreviousRevision);
    }

    private static string[] SudoLines =>
    [
        "LIFECYCLE_EVENT is not set: sudo took the agent's variables away",
        "  that is what `sudo: true` in appspec.yml does; take that line out (the agent runs hooks as root already)",
        "  to run single steps as another user, write `user:` in hookrunner.yml",
    ];

    private static string[] NoEventLines =>
    [
        "LIFECYCLE_EVENT is not set: this was not started by the agent, or `sudo: true` in appspec.yml dropped its variables",
        "  by hand: hookrunner run EVENT --group GROUP, or hookrunner --help",
    ];

    private static RunOptions Over(RunOptions options, Host.State.JournalRecord.EventStarted? last) => options with
    {
        Application = options.Application ?? last?.Application,
        Deployment = options.Deployment ?? last?.Deployment,
    };

    private static DeploymentContext Context(RunOptions options, AgentVariables variables, string group, string bundle) => new()
    {
        Application = options.Application ?? variables.Application ?? "application",
        Group = group,
        GroupId = variables.GroupId ?? "",
        Deployment = options.Deployment ?? variables.Deployment
            ?? string.Create(CultureInfo.InvariantCulture, $"local-{Environment.ProcessId}"),
        Bundle = bundle,
        Revision = variables.Revision,
    };
}
