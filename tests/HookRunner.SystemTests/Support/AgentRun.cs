using System.Diagnostics;

namespace HookRunner.SystemTests.Support;

/// <summary>The parts of one event while it runs.</summary>
internal sealed record AgentRun(HookCall Call, AgentLog Log, Stopwatch Clock)
{
    /// <summary>Null until the hook was started.</summary>
    public HookProcess? Process { get; set; }
}
