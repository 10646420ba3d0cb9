using System.Collections.Immutable;
using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Agent;

/// <summary>The words and the environment of one script (platform/linux_util.rb:11-30, hook_executor.rb:165-175).</summary>
/// <param name="Words">An absolute path and the arguments.</param>
internal sealed record ScriptCommand(ImmutableArray<string> Words, ImmutableSortedDictionary<string, string> Environment)
{
    /// <param name="isUserKnown">Whether `su` can become the user of `runas` here; else the script runs as it is.</param>
    public static ScriptCommand Of(
        AppSpecHook hook,
        string path,
        ImmutableSortedDictionary<string, string> environment,
        bool isUserKnown) => new(
            Split(hook.RunAs is { } user && isUserKnown ? $"/bin/su {user} -c {path}" : path),
            hook.Sudo ? UnderSudo(environment) : environment);

    /// <summary>The agent quotes nothing: Ruby gives a command with special characters to a shell, and splits any other at its blanks.</summary>
    private static ImmutableArray<string> Split(string command) => command.AsSpan().ContainsAny("*?{}[]<>()~&|\\$;'`\"\n#=%")
        ? ["/bin/sh", "-c", command]
        : [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What sudo keeps and sets; everything else of the agent is gone, LIFECYCLE_EVENT first of all.</summary>
    private static ImmutableSortedDictionary<string, string> UnderSudo(ImmutableSortedDictionary<string, string> variables) => variables
        .RemoveRange(variables.Keys.Where(name =>
            name is not ("LANG" or "DOTNET_ROOT") && !name.StartsWith("HOOKRUNNER_", StringComparison.Ordinal)))
        .SetItems(new Dictionary<string, string>
        {
            ["HOME"] = "/root",
            ["LOGNAME"] = "root",
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["SHELL"] = "/bin/bash",
            ["SUDO_GID"] = "0",
            ["SUDO_UID"] = "0",
            ["SUDO_USER"] = "root",
            ["USER"] = "root",
        });
}
