using System.Collections.Immutable;
using System.ComponentModel;

namespace HookRunner.SystemTests.Support;

/// <summary>Version 2.x (Rust), as its source says.</summary>
internal sealed class Agent2 : Agent
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly ImmutableArray<string> Allowed = ["PATH", "HOME", "USER"];
    private static readonly ImmutableArray<string> Removed =
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_CREDENTIAL_FILE"];

    /// <summary>The agent's setting restrict_hook_env_to_allowlist.</summary>
    public bool RestrictEnvironment { get; init; }

    /// <summary>0027 is what its master runs with; a worker may have reset it to 0022.</summary>
    public uint Umask { get; init; } = 0b000_010_111;

    protected override AgentLog CreateLog() => new AgentLog2();

    protected override HookProcess Start(HookCall call)
    {
        var own = AgentEnvironment.Service.SetItems(ExtraEnvironment);
        var inherited = RestrictEnvironment
            ? own.RemoveRange(own.Keys.Except(Allowed, StringComparer.Ordinal))
            : own;
        var environment = call.Over(inherited).RemoveRange(Removed);
        return HookProcess.Start(new ProcessStart(call.Script, [], environment, ClosedPipeAsInput: false, Umask));
    }

    protected override string Describe(Win32Exception error, string script) =>
        $"{error.Message} (os error {error.NativeErrorCode})";

    /// <summary>TERM to the group, 5 s for its leader, KILL only if that still lives, 5 s more; output is read all the while.</summary>
    protected override void EndOverdue(HookProcess process)
    {
        foreach (var signal in new[] { Posix.SIGTERM, Posix.SIGKILL })
        {
            process.SignalGroup(signal);
            if (process.Follow(Grace, () => process.Exit is not null))
            {
                return;
            }
        }
    }

    protected override string StatusText(HookExit exit) => $"{exit.Status ?? 1}";

    protected override string LeftOpenName(HookStream stream) => "STDOUT";
}
