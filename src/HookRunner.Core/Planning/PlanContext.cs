using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning.Scopes;

namespace HookRunner.Core.Planning;

/// <summary>What every step of one plan is made with.</summary>
internal sealed record PlanContext
{
    public required HookFile File { get; init; }

    public required Selection Selection { get; init; }

    /// <summary>Without guards: what holds outside any step.</summary>
    public required PlanScope Scope { get; init; }

    /// <summary>The defaults of file, environment and roles.</summary>
    public required StepKeys Defaults { get; init; }

    /// <summary>The variables whose value is not known before a step starts, or never.</summary>
    public required IReadOnlyList<string> OpenVariables { get; init; }

    public required DiagnosticBag Diagnostics { get; init; }
}
