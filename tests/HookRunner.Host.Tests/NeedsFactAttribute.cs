using HookRunner.Host.Os;

namespace HookRunner.Host.Tests;

/// <summary>A test that needs `root` or a program; skipped, with that reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] needs) => Skip = WhatIsMissing(needs);

    internal static string? WhatIsMissing(string[] needs)
    {
        var missing = needs.Where(need => need == "root" ? !Users.IsRoot : ProgramFinder.Find(need, "/usr/sbin:/usr/bin:/sbin:/bin") is null);
        return string.Join(" and ", missing) is { Length: > 0 } names ? $"needs {names}" : null;
    }
}
