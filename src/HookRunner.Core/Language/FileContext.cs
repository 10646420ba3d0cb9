using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>What the readers of all sections share.</summary>
internal sealed record FileContext
{
    public required ImmutableArray<StepKind> Kinds { get; init; }

    public required DeclaredNames Names { get; init; }

    public required ScopeGroups Groups { get; init; }

    public required IVariableScope Scope { get; init; }

    public required DiagnosticBag Diagnostics { get; init; }
}
