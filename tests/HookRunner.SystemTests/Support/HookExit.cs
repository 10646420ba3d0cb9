namespace HookRunner.SystemTests.Support;

/// <summary>How the hook's own process ended: exactly one of the two is set.</summary>
internal sealed record HookExit(int? Status, int? Signal);
