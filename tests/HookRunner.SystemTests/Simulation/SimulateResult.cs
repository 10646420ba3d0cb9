namespace HookRunner.SystemTests.Simulation;

internal sealed record SimulateResult(int Exit, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n');

    /// <summary>`Succeeded`, `Failed` or `Skipped`; null where the event did not run.</summary>
    public string? StatusOf(string name) => Array
        .FindLast(Lines, line => line.StartsWith(name + " ", StringComparison.Ordinal) && line.Length > 20)?[20..]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
}
