using System.Collections.Immutable;
using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Agent;

/// <summary>The words and the environment of one script (platform/linux_util.rb:11-30).</summary>
internal sealed record ScriptCommand(ImmutableArray<string> Words, ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>What sudo keeps and sets; everything else of the agent is gone, LIFECYCLE_EVENT first of all.</summary>
    private static ImmutableSortedDictionary<string, string> Sudo(ImmutableSortedDictionary<string, string> variables) => variables
        .RemoveRange(variables.Keys.Where(name =>
            name is not "LANG" and not "DOTNET_ROOT" && !name.StartsWith("HOOKRUNNER_", StringComparison.Ordinal)))
        .Add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .AddRange(new Dictionary<string, string>
        {
            ["HOME"] = "/root",
            ["LOGNAME"] = "root",
            ["SHELL"] = "/bin/bash",
            ["SUDO_GID"] = "0",
            ["SUDO_UID"] = "0",
            ["SUDO_USER"] = "root",
            ["USER"] = "root",
        });

    /// <param name="isUserKnown">Whether `su` can become the user of `runas` here; else the script runs as it is.</param>
    public static ScriptCommand Of(
        AppSpecHook hook,
        string path,
        ImmutableSortedDictionary<string, string> environment,
        bool isUserKnown) => new(
            hook.RunAs is { } user && isUserKnown ? ["/bin/su", user, "-c", path] : [path],
            hook.Sudo ? Sudo(environment) : environment);
}
