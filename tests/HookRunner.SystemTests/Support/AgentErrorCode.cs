namespace HookRunner.SystemTests.Support;

/// <summary>`error_code` of the diagnostics that the service gets (hook_executor.rb:44-51).</summary>
public enum AgentErrorCode
{
    Succeeded = 0,
    ScriptMissing = 1,
    ScriptNotExecutable = 2,
    TimedOut = 3,
    Failed = 4,
    Unknown = 5,
    OutputsLeftOpen = 6,

    /// <summary>1.8 only: the text "Unknown" in place of a number, because the real diagnostics could not be put into JSON.</summary>
    MinimalDiagnostics = -1,
}
