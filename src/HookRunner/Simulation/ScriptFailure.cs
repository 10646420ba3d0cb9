namespace HookRunner.Simulation;

/// <summary>What the service gets of a failed event, and the console shows (agent 1.8.1, hook_executor.rb:44-64).</summary>
/// <param name="Code">The agent's number, or null where it could send none (`Unknown`).</param>
/// <param name="Script">`location` as written; empty where the agent itself failed.</param>
/// <param name="Log">The diagnostics window.</param>
internal sealed record ScriptFailure(int? Code, string Script, string Message, string Log)
{
    public const int Missing = 1, NotExecutable = 2, TimedOut = 3, Failed = 4, UnknownError = 5, OutputsLeftOpen = 6;

    /// <summary>The name of the code in the service's API (LifecycleErrorCode), which the console shows.</summary>
    public string CodeName => Code switch
    {
        Missing => "ScriptMissing",
        NotExecutable => "ScriptNotExecutable",
        TimedOut => "ScriptTimedOut",
        Failed => "ScriptFailed",
        _ => "UnknownError",
    };

    /// <summary>A failure of the agent itself, such as an Install that finds a file in its way.</summary>
    public static ScriptFailure OfAgent(string message) => new(UnknownError, "", message, "");

    /// <summary>With the window as it stands; where that holds bytes that are not UTF-8, the agent's substitute.</summary>
    public static ScriptFailure Of(int code, string script, string message, DiagnosticsWindow window) => window.IsValid
        ? new ScriptFailure(code, script, message, window.ToString())
        : new ScriptFailure(null, script, "Attempting minimal diagnostics", "Exception JSON::GeneratorError occured");
}
