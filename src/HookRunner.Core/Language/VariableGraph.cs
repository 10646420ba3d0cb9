using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Language;

/// <summary>Variables that use variables: no cycles, no value without bounds, no chain that is deep without need.</summary>
internal sealed class VariableGraph(Dictionary<string, VariableDeclaration> variables, DiagnosticBag diagnostics)
{
    public const int Deepest = 32;

    /// <summary>Characters of one value with every variable in it put in.</summary>
    public const int Longest = 64 * 1024;

    private readonly Dictionary<string, int> _lengths = [];
    private readonly List<VariableDeclaration> _path = [];

    /// <summary>False after a reported mistake.</summary>
    public bool Check()
    {
        foreach (var variable in variables.Values)
        {
            if (Length(variable) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Null after a reported mistake. What hookrunner itself defines counts as nothing.</summary>
    private int? Length(VariableDeclaration variable)
    {
        if (_lengths.TryGetValue(variable.Name, out var known))
        {
            return known;
        }

        if (_path.Contains(variable) || _path.Count == Deepest)
        {
            Report(variable);
            return null;
        }

        _path.Add(variable);
        var length = 0;
        foreach (var part in variable.Value.Parts)
        {
            var isVariable = part.IsVariable && variables.ContainsKey(part.Text);
            if ((isVariable ? Length(variables[part.Text]) : part.Text.Length) is not { } added)
            {
                return null;
            }

            length += added;
            if (length > Longest)
            {
                diagnostics.Error(variable.Location, $"the value of `{variable.Name}` would have more than {Longest} characters");
                return null;
            }
        }

        _path.RemoveAt(_path.Count - 1);
        _lengths[variable.Name] = length;
        return length;
    }

    private void Report(VariableDeclaration variable)
    {
        if (!_path.Contains(variable))
        {
            diagnostics.Error(variable.Location, $"variables rest on each other more than {Deepest} deep");
            return;
        }

        var cycle = _path[_path.IndexOf(variable)..];
        var first = cycle.MinBy(item => (item.Location.Line, item.Location.Column))!;
        var start = cycle.IndexOf(first);
        var names = cycle[start..].Concat(cycle[..start]).Append(first).Select(item => $"`{item.Name}`");
        diagnostics.Error(first.Location, $"variables that use each other: {string.Join(" -> ", names)}");
    }
}
