namespace HookRunner.Commands;

/// <summary>Which outputs `hookrunner log` shows.</summary>
/// <param name="Deployment">Null: the newest.</param>
/// <param name="Event">Null: the newest that failed, else the newest.</param>
internal sealed record LogOptions(StatusOptions Place, string? Deployment, string? Event);
