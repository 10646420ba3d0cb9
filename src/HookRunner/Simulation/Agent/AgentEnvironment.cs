using System.Collections.Immutable;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>
/// What the agent itself has in its environment and every script inherits: the shipped unit starts it by
/// `bash -a -c 'source /etc/profile; agent'` (init.d/codedeploy-agent.service:7), so it is what this machine's profile
/// leaves, every shell variable exported; no HOME, USER or LOGNAME.
/// </summary>
internal static class AgentEnvironment
{
    private const string Unit = "[ -f /etc/profile ] && . /etc/profile; exec env -0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What systemd gives to every service.</summary>
    private static ImmutableSortedDictionary<string, string> Bare { get; } = ImmutableSortedDictionary<string, string>.Empty
        .WithComparers(StringComparer.Ordinal)
        .Add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .Add("LANG", "C.UTF-8");

    /// <summary>Asks this machine's profile; where there is no bash or the profile does not come to an end, the bare one.</summary>
    public static ImmutableSortedDictionary<string, string> Read()
    {
        var output = new MemoryStream();
        var bash = Array.Find(["/bin/bash", "/usr/bin/bash"], File.Exists);
        if (bash is null || PipedProcess.Start([bash, "-a", "-c", Unit], Bare, out _) is not { } process)
        {
            return Bare;
        }

        var end = new ScriptRun(process, (stream, line) => Keep(output, stream, line)).Wait(Patience);
        return end is ScriptEnd.Exited { Status: 0 } ? Parse(Encoding.UTF8.GetString(output.ToArray())) : Bare;
    }

    private static void Keep(MemoryStream output, string stream, byte[] line)
    {
        if (stream == "[stdout]")
        {
            output.Write(line);
        }
    }

    private static ImmutableSortedDictionary<string, string> Parse(string text)
    {
        var variables = Bare.ToBuilder();
        foreach (var pair in text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split('=', 2)))
        {
            if (pair is [{ Length: > 0 } name, var value])
            {
                variables[name] = value;
            }
        }

        return variables.ToImmutable();
    }
}
