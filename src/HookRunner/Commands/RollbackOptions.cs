namespace HookRunner.Commands;

/// <summary>What `hookrunner rollback` is told.</summary>
/// <param name="To">A deployment's id or a release's name; null: one activation back.</param>
internal sealed record RollbackOptions(StatusOptions Place, string? To);
