namespace HookRunner.Host.Processes;

/// <summary>A process of this host. Its identity is pid and start time together: pids come back.</summary>
/// <param name="StartTime">Clock ticks since boot (field 22 of /proc/PID/stat).</param>
/// <param name="Command">Its command line, sanitised, at most 100 characters; its name in brackets where it has none.</param>
/// <param name="Age">How long it has lived.</param>
/// <param name="ControlGroup">Where systemd keeps it, such as `/system.slice/codedeploy-agent.service`; empty where unknown.</param>
/// <param name="SharesOurControlGroup">It sits where hookrunner sits: what ends that unit ends it too.</param>
/// <param name="IsUninterruptible">It waits in the kernel (state D), where no signal reaches it.</param>
internal sealed record LiveProcess(
    int Id,
    ulong StartTime,
    string Command,
    uint UserId,
    TimeSpan Age,
    string ControlGroup,
    bool SharesOurControlGroup,
    bool IsUninterruptible);
