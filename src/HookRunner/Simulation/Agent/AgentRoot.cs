namespace HookRunner.Simulation.Agent;

/// <summary>The agent's folders for one deployment group, under its default root.</summary>
/// <param name="GroupId">DEPLOYMENT_GROUP_ID; a real one is such a number too.</param>
internal sealed record AgentRoot(string Path, string GroupId)
{
    public static AgentRoot Default { get; } =
        new("/opt/codedeploy-agent/deployment-root", "51a1a7ed-0000-4000-8000-000000000000");

    public string Instructions => System.IO.Path.Join(Path, "deployment-instructions");

    /// <summary>What the next Install removes first, one path a line.</summary>
    public string CleanupFile => System.IO.Path.Join(Instructions, GroupId + "-cleanup");

    /// <summary>Not the agent's: how the events of a simulation tell each other that a service was recorded.</summary>
    public string RecordedMark => System.IO.Path.Join(Path, GroupId, "recorded-service");

    public string Deployment(string id) => System.IO.Path.Join(Path, GroupId, id);

    public string Archive(string id) => System.IO.Path.Join(Deployment(id), "deployment-archive");
}
