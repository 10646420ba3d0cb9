using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>
/// The variables of one deployment group: vars, environment, role, captures, later wins. Each is resolved when it is first
/// used; one that nothing uses asks for nothing.
/// </summary>
internal sealed class VariableTable
{
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly List<Variable> _inUse = [];
    private readonly BuiltIns _builtIns;

    private VariableTable(BuiltIns builtIns) => _builtIns = builtIns;

    /// <summary>In the order of their first appearance.</summary>
    public IReadOnlyCollection<string> Names => _variables.Keys;

    public static VariableTable Of(HookFile file, GroupChoice choice, BuiltIns builtIns, DiagnosticBag diagnostics)
    {
        var table = new VariableTable(builtIns);
        table.Add(file.Common);
        table.Add(choice.Declared?.Layer ?? Layer.Empty);
        RoleConflicts.CheckVariables(choice.Roles, diagnostics);
        foreach (var role in choice.Roles)
        {
            table.Add(role.Layer);
        }

        foreach (var capture in choice.Captures)
        {
            table.Add(capture, diagnostics);
        }

        return table;
    }

    /// <summary>
    /// The value with everything put in that can be known now. What is wrong in it is reported where it stands, and it is
    /// then null, as it is for a name that is not declared.
    /// </summary>
    public Template? Find(string name, DiagnosticBag diagnostics)
    {
        if (!_variables.TryGetValue(name, out var variable))
        {
            return null;
        }

        if (variable.Value is null)
        {
            Resolve(variable);
        }

        diagnostics.AddRange(variable.Problems);
        return variable.Problems.HasErrors ? null : variable.Value;
    }

    /// <summary>Variables that use each other, among those looked for so far: a mistake even where nothing uses them.</summary>
    public DiagnosticBag Cycles { get; } = new();

    public bool Declares(string name) => _variables.ContainsKey(name);

    private void Add(Layer layer)
    {
        foreach (var declaration in layer.Variables)
        {
            _variables[declaration.Name] = new Variable(declaration);
        }
    }

    private void Add(GroupCapture capture, DiagnosticBag diagnostics)
    {
        if (_variables.TryGetValue(capture.Name, out var variable))
        {
            diagnostics.Error(capture.Location, $"the capture `{capture.Name}` has the name of a variable ({variable.Declaration.Location})",
                "rename one of them");
            return;
        }

        _variables.Add(capture.Name, new Variable(
            new VariableDeclaration(capture.Location, capture.Name, Template.Literal(capture.Value, capture.Location))));
    }

    private void Resolve(Variable variable)
    {
        _inUse.Add(variable);
        variable.Value = variable.Declaration.Value.Resolve(new Inside(this, variable.Problems), variable.Problems);
        _inUse.RemoveAt(_inUse.Count - 1);
    }

    private void ReportCycle(Variable variable)
    {
        var cycle = _inUse[_inUse.IndexOf(variable)..];
        var first = cycle.MinBy(item => (item.Declaration.Location.Line, item.Declaration.Location.Column))!;
        var start = cycle.IndexOf(first);
        var names = cycle[start..].Concat(cycle[..start]).Append(first).Select(item => $"`{item.Declaration.Name}`");
        Cycles.Error(first.Declaration.Location, $"variables that use each other: {string.Join(" -> ", names)}");
        variable.Problems.AddRange(Cycles);
    }

    private sealed class Variable(VariableDeclaration declaration)
    {
        public VariableDeclaration Declaration { get; } = declaration;

        public Template? Value { get; set; }

        public DiagnosticBag Problems { get; } = new();
    }

    /// <summary>What a variable's own text sees. Where a late name may be used is asked where the variable is.</summary>
    private sealed class Inside(VariableTable table, DiagnosticBag problems) : IVariableScope
    {
        public VariableValue Find(string name)
        {
            if (table._builtIns.Find(name) is { } builtIn)
            {
                return builtIn;
            }

            if (!table._variables.TryGetValue(name, out var variable))
            {
                return Undeclared.Value(name, table.Names);
            }

            if (table._inUse.Contains(variable))
            {
                table.ReportCycle(variable);
                problems.AddRange(variable.Problems);
                return VariableValue.Late.Value;
            }

            return table.Find(name, problems) is { } value ? Spliced.Value(value) : VariableValue.Late.Value;
        }
    }
}
