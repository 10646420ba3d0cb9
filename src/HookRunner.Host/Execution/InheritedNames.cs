using HookRunner.Core.Steps;

namespace HookRunner.Host.Execution;

/// <summary>`inherit_env`: which names of the agent's environment a step may have.</summary>
internal static class InheritedNames
{
    private static readonly string[] Secrets =
        ["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIALS_FILE", "AWS_CREDENTIAL_FILE"];

    private static readonly string[] Junk = ["IFS", "PS1", "PS2", "PS4", "SHELLOPTS", "UID", "EUID", "PPID", "_", "OPTERR", "OPTIND", "DIRSTACK"];

    /// <summary>Never a name of ours; with `true` everything but the agent's secrets and a shell's own variables.</summary>
    public static bool IsWanted(string name, InheritedEnvironment wanted) =>
        !name.StartsWith(StepEnvironment.OwnPrefix, StringComparison.Ordinal)
        && (wanted.Everything
            ? !Secrets.Contains(name) && !Junk.Contains(name) && !name.StartsWith("BASH_", StringComparison.Ordinal)
            : wanted.Names.Any(pattern => Matches(pattern, name)));

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
