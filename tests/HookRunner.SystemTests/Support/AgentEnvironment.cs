using System.Collections.Immutable;
using System.Diagnostics;

namespace HookRunner.SystemTests.Support;

/// <summary>
/// The environment of an agent that its shipped unit started: systemd's few variables, then `bash -a` reading /etc/profile,
/// which exports every variable of that shell. No HOME, no USER.
/// </summary>
internal static class AgentEnvironment
{
    private static readonly Lazy<ImmutableSortedDictionary<string, string>> Read = new(Ask);

    public static ImmutableSortedDictionary<string, string> Service => Read.Value;

    private static ImmutableSortedDictionary<string, string> Ask()
    {
        const string Unit = "[ -f /etc/profile ] && source /etc/profile >/dev/null 2>&1; exec env -0";
        var start = new ProcessStartInfo("/bin/bash", ["-a", "-c", Unit])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var variables = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return variables.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
