using HookRunner.Core.Deployment;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>Whose plan is asked for. A closed set: known, or the reason why not.</summary>
internal abstract record PlanTarget
{
    private PlanTarget()
    {
    }

    /// <param name="Group">Null where plans are compared: those name their groups.</param>
    /// <param name="Note">What was taken from this host's records; null: nothing.</param>
    internal sealed record Known(string Bundle, string Application, string? Group, string Deployment, string? Note) : PlanTarget
    {
        public DeploymentContext ContextOf(string group) => new()
        {
            Application = Application,
            Group = group,
            Deployment = Deployment,
            Bundle = Bundle,
        };
    }

    internal sealed record Refused(IReadOnlyList<string> Lines, int ExitStatus) : PlanTarget;

    /// <summary>Options, then the agent's variables, then what this host recorded last.</summary>
    public static PlanTarget From(PlanCommandOptions options, AgentVariables variables)
    {
        var (asked, group) = (options.Target, options.Target.Group ?? variables.Group);
        var bundle = BundleLocator.Find(asked.Bundle, variables.Bundle, out var looked);
        var last = (group is null && options.Difference is null) || bundle is null ? LastDeployment.Recorded(asked) : null;
        if ((bundle ?? last?.Bundle) is not { } folder)
        {
            return new Refused([$"there is no {BundleLocator.FileName} in {string.Join(" or ", looked)}", "  name the bundle with --bundle"], ExitStatus.Invalid);
        }

        if ((group ?? last?.Group) is null && options.Difference is null)
        {
            return new Refused(["no deployment group is named, and none is recorded on this host", "  name it with --group"], ExitStatus.Usage);
        }

        return new Known(
            folder,
            asked.Application ?? variables.Application ?? last?.Application ?? Path.GetFileName(folder.TrimEnd('/')),
            group ?? last?.Group,
            asked.Deployment ?? variables.Deployment ?? last?.Deployment ?? "<deployment>",
            last is null ? null : LastDeployment.Note(last));
    }
}
