namespace HookRunner.Host.Tests;

/// <summary>As <see cref="NeedsFactAttribute"/>, for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] needs) => Skip = NeedsFactAttribute.WhatIsMissing(needs);
}
