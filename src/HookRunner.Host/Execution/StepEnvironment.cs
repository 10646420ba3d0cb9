using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Execution;

/// <summary>
/// Builds the environment of a step's program. It is built, not inherited: the agent's holds secrets and a login
/// shell's left-overs, and differs between its versions (agent 1.8.1, onpremise_config.rb:27-37; the shipped unit's `bash -a`).
/// </summary>
internal sealed class StepEnvironment(ExecutionPlan plan, IReadOnlyDictionary<string, string> inherited)
{
    public const string FixedPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Where names of ours begin; `env_file` and `capture` may not set one.</summary>
    public const string OwnPrefix = "HOOKRUNNER_";

    private static readonly string[] PassedOn =
    [
        "LANG", "LC_ALL", "TZ", "AWS_REGION", "AWS_DEFAULT_REGION",
        "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "ALL_PROXY",
    ];

    private readonly ImmutableSortedDictionary<string, string> _common = Common(plan, inherited);

    /// <summary>What the agent tells a script, for `${env.NAME}` and every command.</summary>
    public static IEnumerable<(string Name, string Value)> AgentVariables(ExecutionPlan plan)
    {
        var deployment = plan.Deployment;
        yield return ("LIFECYCLE_EVENT", plan.EventName);
        yield return ("DEPLOYMENT_ID", deployment.Deployment);
        yield return ("APPLICATION_NAME", deployment.Application);
        yield return ("DEPLOYMENT_GROUP_NAME", deployment.Group);
        yield return ("DEPLOYMENT_GROUP_ID", deployment.GroupId);
        foreach (var (name, value) in deployment.Revision)
        {
            yield return (name, value);
        }
    }

    /// <summary>The whole environment of one program. Later layers win; `env` comes last.</summary>
    public ImmutableSortedDictionary<string, string> For(StepFacts facts)
    {
        var result = _common.ToBuilder();
        var step = facts.Step;
        Inherit(result, step.Program.Inherited);
        result["HOME"] = facts.User.Home;
        result["USER"] = result["LOGNAME"] = facts.User.Name;
        result["SHELL"] = facts.User.Shell;
        result["PATH"] = string.Join(':', step.Program.Path.Select(folder => folder.Text).Append(FixedPath));
        Set(result, "HOOKRUNNER_STEP", facts.Token);
        Set(result, "HOOKRUNNER_RELEASE_DIR", facts.ReleaseDirectory);
        Set(result, "HOOKRUNNER_RELEASE_LIVE", facts.LiveRelease);
        Set(result, "HOOKRUNNER_RESULT", facts.Result);
        Set(result, "HOOKRUNNER_FAILED_STEP", facts.FailedStep);
        foreach (var (name, value) in step.LateVariables)
        {
            result[VariableName(name)] = value.Text;
        }

        foreach (var (name, value) in facts.FileValues.Where(pair => !pair.Name.StartsWith(OwnPrefix, StringComparison.Ordinal)))
        {
            result[name] = value;
        }

        foreach (var (name, value) in step.Program.Environment)
        {
            result[name] = value.Text;
        }

        return result.ToImmutable();
    }

    /// <summary>Variables laid over an environment: later ones win.</summary>
    public static ImmutableSortedDictionary<string, string> Over(
        ImmutableSortedDictionary<string, string> environment, ImmutableArray<(string Name, string Value)> variables)
    {
        var result = environment.ToBuilder();
        foreach (var (name, value) in variables)
        {
            result[name] = value;
        }

        return result.ToImmutable();
    }

    /// <summary>A variable of the file as a command sees it.</summary>
    private static string VariableName(string name) => OwnPrefix + "VAR_" + name.ToUpperInvariant();

    private static ImmutableSortedDictionary<string, string> Common(ExecutionPlan plan, IReadOnlyDictionary<string, string> inherited)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        result["LANG"] = "C.UTF-8";
        foreach (var name in PassedOn)
        {
            Set(result, name, inherited.GetValueOrDefault(name));
        }

        foreach (var (name, value) in AgentVariables(plan))
        {
            result[name] = value;
        }

        result["HOOKRUNNER_ENVIRONMENT"] = plan.Environment;
        result["HOOKRUNNER_EVENT"] = plan.EventName;
        result["HOOKRUNNER_BUNDLE"] = plan.Deployment.Bundle;
        Set(result, "HOOKRUNNER_ROLES", plan.Roles.Length == 0 ? null : string.Join(' ', plan.Roles));
        Set(result, "HOOKRUNNER_LINK", plan.Release?.Link);
        foreach (var (name, value) in plan.Variables)
        {
            result[VariableName(name)] = value;
        }

        return result.ToImmutable();
    }

    private void Inherit(ImmutableSortedDictionary<string, string>.Builder result, InheritedEnvironment wanted)
    {
        foreach (var (name, value) in inherited)
        {
            if (!result.ContainsKey(name) && InheritedNames.IsWanted(name, wanted) && !value.Contains('\uFFFD', StringComparison.Ordinal))
            {
                result[name] = value;
            }
        }
    }

    private static void Set(ImmutableSortedDictionary<string, string>.Builder result, string name, string? value)
    {
        if (value is not null)
        {
            result[name] = value;
        }
    }
}
