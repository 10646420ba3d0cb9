using System.Collections.Immutable;

namespace HookRunner.SystemTests.Support;

/// <summary>One event as the agent saw it and as the service is told.</summary>
internal sealed record HookResult
{
    public required AgentErrorCode ErrorCode { get; init; }

    /// <summary>`message` of the diagnostics.</summary>
    public required string Message { get; init; }

    /// <summary>`log` of the diagnostics; empty after a success, whatever was printed.</summary>
    public required string Log { get; init; }

    /// <summary>The agent's 2,048-character window at the end of the event, sent or not.</summary>
    public required string Window { get; init; }

    /// <summary>Every line of both streams in the order read, without prefix; invalid bytes replaced.</summary>
    public required ImmutableArray<string> AllLines { get; init; }

    /// <summary>Bytes of both streams as they came.</summary>
    public required byte[] Output { get; init; }

    /// <summary>How the hook's own process ended; null where it did not start.</summary>
    public required HookExit? Exit { get; init; }

    /// <summary>From the start to the moment at which the agent goes on.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Process and process group of the hook; 0 where it did not start.</summary>
    public required int Pid { get; init; }

    public string Text => string.Join('\n', AllLines);
}
