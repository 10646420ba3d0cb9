namespace HookRunner.Core.Diagnostics;

/// <summary>How much a diagnostic weighs: an error stops everything before the first effect, a warning is only said.</summary>
internal enum Severity
{
    Warning,
    Error,
}

/// <summary>One mistake in what a person wrote.</summary>
/// <param name="Severity">Whether it stops the run.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Message">What was found and what was expected: lower case, names in backticks, no final dot.</param>
/// <param name="Remedy">What to write or do instead, where that is known.</param>
internal sealed record Diagnostic(Severity Severity, SourceLocation Location, string Message, string? Remedy = null)
{
    /// <summary>Where and what, in one line, for an outcome that has room for no more.</summary>
    public string Line => $"{Location}: {Message}";
}
