using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Checking;

/// <summary>Two environments whose globs one group could match: that group's deployments would all fail.</summary>
internal static class EnvironmentOverlap
{
    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        for (var i = 0; i < file.Environments.Length; i++)
        {
            for (var j = i + 1; j < file.Environments.Length; j++)
            {
                Check(file.Environments[i], file.Environments[j], diagnostics);
            }
        }
    }

    private static void Check(ScopeDeclaration first, ScopeDeclaration second, DiagnosticBag diagnostics)
    {
        if (first.IsDefault || second.IsDefault)
        {
            return;
        }

        foreach (var (one, other) in first.Groups.SelectMany(one => second.Groups.Select(other => (one, other))))
        {
            if (!GroupSamples.IsRegex(one) && !GroupSamples.IsRegex(other) && GlobMeeting.Shortest(one.Written, other.Written) is { } name)
            {
                diagnostics.Warning(other.Location, $"a deployment group such as `{name}` would match both `{first.Name}` ({one.Written}) and `{second.Name}` ({other.Written}), and be refused",
                    "make one of the patterns narrower");
            }
        }
    }
}
