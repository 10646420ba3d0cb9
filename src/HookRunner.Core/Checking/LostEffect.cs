namespace HookRunner.Core.Checking;

/// <summary>A command that only changes the shell it runs in. As a step of its own it does nothing: every step has its own.</summary>
internal static class LostEffect
{
    /// <summary>What to write instead; null where the text is anything else.</summary>
    public static string? Remedy(string text)
    {
        if (text.AsSpan().Trim().IndexOfAny("\n;&|") >= 0)
        {
            return null;
        }

        return text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["cd" or "pushd", var folder] => $"write `cwd: {folder}` at the steps that run there",
            ["export" or "declare", ..] => "write it under `env:`, of the file or of the steps that need it",
            ["source" or ".", ..] => "write `source:` at the steps that need it, or `env_file:` for a file of NAME=value lines",
            ["umask", _] => "write `umask:` at the steps that need it",
            ["set" or "shopt" or "ulimit" or "alias" or "unset", ..] => "put it into the text that needs it",
            ["sudo", "su" or "-i" or "-s"] or ["sudo", "su", "-"] or ["su"] => "under the agent hookrunner is root; whom a step runs as is `user: NAME`",
            _ => null,
        };
    }
}
