using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Language;

/// <summary>Lists that use lists: no cycles, and no event that grows without bounds.</summary>
internal sealed class ListRules
{
    public const int Deepest = 32;

    /// <summary>Steps of one list with every used list put in.</summary>
    public const int MostSteps = 5000;

    private readonly HookFile _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<string> _path = [];

    private ListRules(HookFile file, DiagnosticBag diagnostics) => (_file, _diagnostics) = (file, diagnostics);

    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        var rules = new ListRules(file, diagnostics);
        foreach (var name in file.Lists.Keys)
        {
            if (rules.CountNamed(name, file.Lists[name].Location) is null)
            {
                return;
            }
        }

        foreach (var list in Roots(file))
        {
            rules.Count(list);
        }
    }

    private static IEnumerable<StepList> Roots(HookFile file)
    {
        var events = file.Hooks.Values.Concat(file.Environments.SelectMany(scope => scope.Hooks.Values)).ToList();
        var scopes = file.Environments.Concat(file.Roles).ToList();
        return events.Select(item => item.Steps)
            .Concat(events.SelectMany(item => new[] { item.OnFailure, item.Always }).OfType<StepList>())
            .Concat(scopes.SelectMany(scope => new[] { scope.OnFailure, scope.Always }).OfType<StepList>())
            .Concat(new[] { file.OnFailure, file.Always, file.Rollback }.OfType<StepList>());
    }

    /// <summary>Null after a reported mistake, and for a name that is none, which is reported where it stands.</summary>
    private int? CountNamed(string name, SourceLocation location)
    {
        if (_counts.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!_file.Lists.TryGetValue(name, out var list))
        {
            return 0;
        }

        if (_path.Contains(name) || _path.Count == Deepest)
        {
            _diagnostics.Error(location, _path.Contains(name)
                ? $"lists that use each other: {string.Join(" -> ", _path[_path.IndexOf(name)..].Append(name).Select(item => $"`{item}`"))}"
                : $"lists use each other more than {Deepest} deep");
            return null;
        }

        _path.Add(name);
        var count = Count(list);
        _path.RemoveAt(_path.Count - 1);
        _counts[name] = count ?? 0;
        return count;
    }

    private int? Count(StepList list)
    {
        var count = 0;
        foreach (var step in list.Steps)
        {
            var added = step.Use is { } use ? CountNamed(use, step.Location) : step.Inline is { } inline ? Count(inline) : 0;
            if (added is null)
            {
                return null;
            }

            count += 1 + added.Value;
            if (count > MostSteps)
            {
                _diagnostics.Error(list.Location, $"more than {MostSteps} steps come together here", "some lists use others again and again");
                return null;
            }
        }

        return count;
    }
}
