namespace HookRunner.Core.Checking;

/// <summary>What is known of one path of a bundle.</summary>
internal sealed record BundleEntry
{
    public bool IsDirectory { get; init; }

    /// <summary>Some x bit is set.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>It begins as a program for the processor does (ELF).</summary>
    public bool IsBinary { get; init; }

    /// <summary>The text of a file that is no program and not large; null otherwise.</summary>
    public string? Text { get; init; }
}
