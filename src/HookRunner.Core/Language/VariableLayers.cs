using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Language;

/// <summary>The combinations of file, environment and role in which a variable's value could have no end.</summary>
internal static class VariableLayers
{
    /// <summary>Variables looked at in all combinations: more would take seconds, and the plan of a group looks again.</summary>
    private const int MostVisits = 200_000;

    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        var visits = 0;
        foreach (var layers in Combinations(file))
        {
            var variables = new Dictionary<string, VariableDeclaration>();
            foreach (var variable in layers.SelectMany(layer => layer.Variables))
            {
                variables[variable.Name] = variable;
            }

            visits += variables.Count;
            if (visits > MostVisits || !new VariableGraph(variables, diagnostics).Check())
            {
                return;
            }
        }
    }

    private static IEnumerable<Layer[]> Combinations(HookFile file)
    {
        var environments = file.Environments.Select(scope => scope.Layer).Where(layer => !layer.Variables.IsEmpty).ToList();
        var roles = file.Roles.Select(scope => scope.Layer).Where(layer => !layer.Variables.IsEmpty).ToList();
        yield return [file.Common];
        foreach (var environment in environments)
        {
            yield return [file.Common, environment];
        }

        foreach (var role in roles)
        {
            yield return [file.Common, role];
        }

        foreach (var environment in environments)
        {
            foreach (var role in roles)
            {
                yield return [file.Common, environment, role];
            }
        }
    }
}
