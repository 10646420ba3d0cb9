namespace HookRunner.Host.Releases;

/// <summary>A link and what it shall point to.</summary>
internal sealed record LinkSwitch
{
    /// <summary>Absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The link's text. A relative one starts beside the link, as symlink(7) has it.</summary>
    public required string Target { get; init; }

    /// <summary>Where a real directory in the way is kept, as `base`; null: it is refused.</summary>
    public string? AdoptInto { get; init; }
}

/// <summary>What came of it. A closed set.</summary>
internal abstract record LinkSwitchResult
{
    private LinkSwitchResult()
    {
    }

    /// <summary>It pointed there already; nothing was touched.</summary>
    internal sealed record AlreadySo : LinkSwitchResult;

    /// <summary>It points there now, durably.</summary>
    /// <param name="Before">Its text before; null where there was none.</param>
    internal sealed record Switched(string? Before) : LinkSwitchResult;

    /// <summary>A real directory gave way and was kept.</summary>
    internal sealed record Adopted(string KeptAs) : LinkSwitchResult;

    /// <summary>The link is as it was, unless the reason says otherwise.</summary>
    internal sealed record Refused(string Reason, string? Hint = null) : LinkSwitchResult
    {
        public static Refused Of(Os.PathTrouble trouble) => new(trouble.Reason, trouble.Remedy);

        public static Refused Of(Os.PosixError error, string? hint = null) => new(error.ToString(), hint);
    }
}
