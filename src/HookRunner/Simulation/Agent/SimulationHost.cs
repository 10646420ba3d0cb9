using System.Collections.Immutable;
using System.Globalization;

namespace HookRunner.Simulation.Agent;

/// <summary>The instance on which deployments are simulated: its agent's folders and its environment.</summary>
internal sealed record SimulationHost(SimulationRequest Request, AgentRoot Root)
{
    private readonly ImmutableSortedDictionary<string, string> _agent = AgentEnvironment.Read();

    /// <summary>
    /// What the agent adds for a deployment (hook_executor.rb:106-111), without LIFECYCLE_EVENT, and how hookrunner learns that
    /// it is simulated. A bundle from a directory has no BUNDLE_* variables.
    /// </summary>
    public ImmutableSortedDictionary<string, string> EnvironmentOf(string deployment)
    {
        var variables = _agent.ToBuilder();
        variables["APPLICATION_NAME"] = Request.Application;
        variables["DEPLOYMENT_GROUP_ID"] = Root.GroupId;
        variables["DEPLOYMENT_GROUP_NAME"] = Request.Group;
        variables["DEPLOYMENT_ID"] = deployment;
        variables["HOOKRUNNER_SIMULATE"] = "1";
        variables["HOOKRUNNER_SIMULATE_RECORDED"] = Root.RecordedMark;
        if (Request.Network)
        {
            variables["HOOKRUNNER_SIMULATE_NETWORK"] = "1";
        }

        if (!Request.Real.IsEmpty)
        {
            variables["HOOKRUNNER_SIMULATE_REAL"] = string.Join(',', Request.Real);
        }

        for (var i = 0; i < Request.Settings.Length; i++)
        {
            variables["HOOKRUNNER_SIMULATE_SET_" + (i + 1).ToString(CultureInfo.InvariantCulture)] = Request.Settings[i];
        }

        if (Request.Executable.Runtime is { } runtime)
        {
            variables["DOTNET_ROOT"] = runtime;
        }

        return variables.ToImmutable();
    }

    /// <summary>What the last simulation on this host recorded, where there is no sandbox, says nothing of this one.</summary>
    public void ForgetRecorded()
    {
        if (File.Exists(Root.RecordedMark))
        {
            File.Delete(Root.RecordedMark);
        }
    }
}
