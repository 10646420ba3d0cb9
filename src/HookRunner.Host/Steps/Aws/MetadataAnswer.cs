using HookRunner.Host.Os;
using HookRunner.Host.Steps.Http;

namespace HookRunner.Host.Steps.Aws;

/// <summary>What came of asking the instance metadata service for one path.</summary>
internal sealed record MetadataAnswer
{
    /// <summary>A connection came about.</summary>
    public bool IsReached { get; init; }

    /// <summary>Null: none came in time.</summary>
    public HttpReply? Reply { get; init; }

    /// <summary>Why there was no connection.</summary>
    public PosixError? Error { get; init; }

    public string Endpoint { get; init; } = "";

    public int Tries { get; init; }

    /// <summary>A refused connection will be refused again at once; a busy service and a lost packet will not.</summary>
    public bool IsWorthAnother => Reply is null ? Error is null or { Number: Errno.ETIMEDOUT } : Reply.Status is >= 500 or 429;
}
