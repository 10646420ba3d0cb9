namespace HookRunner.Host.Os;

/// <summary>What a system call said, with what it was asked for: `rename /a to /b: EACCES (permission denied)`.</summary>
/// <param name="Call">The call and its main arguments, as a person would say it: `rename /a to /b`.</param>
/// <param name="Number">errno.</param>
internal sealed record PosixError(string Call, int Number)
{
    public override string ToString() => $"{Call}: {Errno.Describe(Number)}";
}
