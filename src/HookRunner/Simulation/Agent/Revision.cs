using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Agent;

/// <summary>A revision as it lies on the instance.</summary>
/// <param name="Archive">Its `deployment-archive` folder.</param>
internal sealed record Revision(string Archive, AppSpec AppSpec)
{
    /// <summary>Blanks are trimmed at both ends, `..` and links are not refused (hook_executor.rb:233-235).</summary>
    public string PathOf(AppSpecHook hook) => Path.Join(Archive, hook.Script);
}
