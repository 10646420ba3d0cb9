namespace HookRunner.Host.Os;

/// <summary>Why a path cannot be used as it is.</summary>
/// <param name="Reason">In one line, with the path and, where a call failed, its error.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Number">errno where a call failed; else 0.</param>
internal sealed record PathTrouble(string Reason, string? Remedy = null, int Number = 0)
{
    public static PathTrouble Of(PosixError error, string? remedy = null) => new(error.ToString(), remedy, error.Number);
}
