using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning;

namespace HookRunner.Core.Checking;

/// <summary>
/// Deployment groups that stand for all that a file may meet: the names it names, and for its patterns names made up, so
/// that each environment is met with each of its roles.
/// </summary>
internal sealed class GroupSamples
{
    private const int Most = 200;

    private readonly HookFile _file;
    private readonly List<string> _groups = [];

    private GroupSamples(HookFile file) => _file = file;

    /// <summary>Without doubles. A pattern that no name could be made up for is warned of.</summary>
    public static ImmutableArray<string> Of(HookFile file, DiagnosticBag diagnostics)
    {
        var samples = new GroupSamples(file);
        foreach (var pattern in file.Environments.Concat(file.Roles).SelectMany(scope => scope.Groups).Where(pattern => pattern.IsPlain))
        {
            samples.Add(pattern.Written);
        }

        foreach (var environment in file.Environments)
        {
            samples.AddOf(environment, diagnostics);
        }

        if (file.Environments.IsEmpty)
        {
            samples.AddWithoutEnvironments();
        }

        return [.. samples._groups.Distinct().Take(Most)];
    }

    private void AddOf(ScopeDeclaration environment, DiagnosticBag diagnostics)
    {
        foreach (var pattern in environment.Groups.Where(pattern => !pattern.IsPlain))
        {
            var names = Names(pattern).Concat(_file.Roles.SelectMany(role => role.Groups).SelectMany(role => Meetings(pattern, role)));
            if (!AddFitting(names.Where(pattern.Matches), environment))
            {
                diagnostics.Warning(pattern.Location, $"no deployment group could be made up that `{pattern.Written}` of `{environment.Name}` takes, so its steps were not checked",
                    "name one with `--group`");
            }
        }

        if (environment.IsDefault)
        {
            AddFitting(["another-group", .. _file.Roles.SelectMany(role => role.Groups).SelectMany(Names)], environment);
        }
    }

    private void AddWithoutEnvironments()
    {
        foreach (var name in _file.Roles.SelectMany(role => role.Groups).SelectMany(Names).Append("any-group"))
        {
            if (GroupChoice.Of(_file, name, new DiagnosticBag()) is not null)
            {
                Add(name);
            }
        }
    }

    /// <summary>True where one of them really means this environment.</summary>
    private bool AddFitting(IEnumerable<string> names, ScopeDeclaration environment)
    {
        var isMet = false;
        foreach (var name in names.Distinct())
        {
            if (GroupChoice.Of(_file, name, new DiagnosticBag())?.Declared == environment)
            {
                Add(name);
                isMet = true;
            }
        }

        return isMet;
    }

    private void Add(string name) => _groups.Add(name);

    private static IEnumerable<string> Names(GroupPattern pattern) => IsRegex(pattern)
        ? [RegexSample.Of(Inner(pattern), takesOptional: false), RegexSample.Of(Inner(pattern), takesOptional: true)]
        : [pattern.Written.Replace('?', 'x').Replace("*", "x", StringComparison.Ordinal)];

    /// <summary>Names that an environment's pattern and a role's may both match.</summary>
    private static IEnumerable<string> Meetings(GroupPattern environment, GroupPattern role)
    {
        if (!IsRegex(environment) && !IsRegex(role))
        {
            return GlobMeeting.Shortest(environment.Written, role.Written) is { } name ? [name] : [];
        }

        var pieces = Names(environment).Concat(Names(role)).SelectMany(name => name.Split('-').Append(name));
        return pieces.SelectMany(piece => new[]
        {
            environment.Written.Replace("*", piece, StringComparison.Ordinal),
            role.Written.Replace("*", piece, StringComparison.Ordinal),
            piece,
        }).Where(name => role.Matches(name));
    }

    public static bool IsRegex(GroupPattern pattern) => pattern.Written.Length > 1 && pattern.Written.StartsWith('/') && pattern.Written.EndsWith('/');

    private static string Inner(GroupPattern pattern) => pattern.Written[1..^1];
}
