using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>The fields of one step's kind.</summary>
internal sealed class StepFields(StepKind kind, YamlNode value, IVariableScope scope, DiagnosticBag diagnostics)
    : Fields(kind.Table, value, scope, diagnostics)
{
    public StepKind Kind { get; } = kind;
}
