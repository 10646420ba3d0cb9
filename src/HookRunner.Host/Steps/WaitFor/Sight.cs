using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.WaitFor;

/// <summary>What one look at a thing waited for showed. A closed set.</summary>
internal abstract record Sight
{
    private Sight()
    {
    }

    internal sealed record Ready : Sight;

    /// <param name="Reason">What is still wrong: `nothing listens on 127.0.0.1:5432`.</param>
    /// <param name="IsAbsent">It is not there at all, as after a service that was only recorded.</param>
    internal sealed record NotYet(string Reason, bool IsAbsent = false, IReadOnlyList<string>? Detail = null) : Sight;

    /// <summary>Waiting is of no use.</summary>
    internal sealed record Hopeless(StepOutcome Outcome) : Sight;
}
