using System.Collections.Immutable;

namespace HookRunner.Host.State;

/// <summary>
/// One line of the journal. A closed set; what a newer version writes besides reads as <see cref="Unknown"/> and is
/// kept. How each is written and read: <see cref="JournalFormat"/>.
/// </summary>
internal abstract record JournalRecord
{
    private JournalRecord()
    {
    }

    /// <summary>The wall clock, UTC: for people. Order in the file is what counts.</summary>
    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The deployment it belongs to; empty where it belongs to none.</summary>
    public required string Deployment { get; init; }

    /// <summary>
    /// Whether it is flushed at once: what a way back needs, and where an event starts and ends, so that a power cut in it
    /// can be told. The flush takes all records before it along.
    /// </summary>
    public bool IsDurable => this is EventStarted or EventEnded or ReleaseActivated or ReleaseRolledBack or ReleaseAdopted or LinkSwitched;

    internal sealed record EventStarted : JournalRecord
    {
        public required string Event { get; init; }

        public required string Application { get; init; }

        public required string Group { get; init; }

        public string Environment { get; init; } = "";

        public ImmutableArray<string> Roles { get; init; } = [];

        public string Bundle { get; init; } = "";

        public required int ProcessId { get; init; }

        /// <summary>Which start of the machine this was, by <see cref="Boot.Id"/>.</summary>
        public required string BootId { get; init; }

        /// <summary>Where the logs of this run lie; empty where none could be written.</summary>
        public string Logs { get; init; } = "";

        public string Version { get; init; } = "";
    }

    /// <summary>A step came to its end.</summary>
    internal sealed record StepEnded : JournalRecord
    {
        public required string Event { get; init; }

        /// <summary>`steps`, `on_failure` or `always`.</summary>
        public required string List { get; init; }

        public required int Number { get; init; }

        public required string Name { get; init; }

        public string Kind { get; init; } = "";

        /// <summary>`ok`, `skipped`, `failed`, `timeout`, `stopped`, or `allowed` for a failure that was.</summary>
        public required string Result { get; init; }

        /// <summary>Why, or a note.</summary>
        public string Reason { get; init; } = "";

        public TimeSpan Took { get; init; }

        public int Attempts { get; init; } = 1;

        /// <summary>The file with its whole output; empty where there is none.</summary>
        public string Log { get; init; } = "";
    }

    internal sealed record EventEnded : JournalRecord
    {
        public required string Event { get; init; }

        /// <summary>`ok`, `failed`, `timeout`, `stopped`.</summary>
        public required string Result { get; init; }

        public required int Exit { get; init; }

        public TimeSpan Took { get; init; }

        /// <summary>The step that failed first, and why.</summary>
        public string FailedStep { get; init; } = "";

        public string Reason { get; init; } = "";

        /// <summary>Lists that should have run and did not, because hookrunner was told to stop: `on_failure`, `always`.</summary>
        public ImmutableArray<string> NotRun { get; init; } = [];
    }

    /// <summary>The first event of a deployment looked at the link: what it held then holds for `first_release` through all events.</summary>
    /// <param name="Link">Empty in the first record of a deployment, which says nothing but that.</param>
    /// <param name="Held">What the link pointed to, as text; null: nothing was there.</param>
    internal sealed record DeploymentSeen(string Link, string? Held) : JournalRecord;

    /// <summary>The directory of this deployment's release was chosen.</summary>
    internal sealed record ReleaseChosen(string Path) : JournalRecord;

    /// <summary>At the end of BeforeInstall nothing was at the staging directory: what lies there later, Install put there.</summary>
    internal sealed record StagingAwaited(string Staging) : JournalRecord;

    internal sealed record ReleaseStaged(string Path, string From) : JournalRecord;

    /// <param name="Held">What the link held before; null: nothing.</param>
    internal sealed record ReleaseActivated(string Link, string Path, string? Held) : JournalRecord;

    /// <param name="Bad">The release that was left.</param>
    internal sealed record ReleaseRolledBack(string Link, string Path, string Bad) : JournalRecord;

    internal sealed record ReleaseMarkedBad(string Path) : JournalRecord;

    /// <summary>A directory that was the application before there were releases is kept as one.</summary>
    internal sealed record ReleaseAdopted(string Link, string Path) : JournalRecord;

    internal sealed record ReleasePruned(string Path) : JournalRecord;

    /// <summary>A `link` step switched a link.</summary>
    internal sealed record LinkSwitched(string Link, string Target, string? Held) : JournalRecord;

    /// <summary>The first line of a journal that was made small.</summary>
    /// <param name="Bytes">How long its lines were then.</param>
    internal sealed record Compacted(long Bytes) : JournalRecord;

    /// <summary>Written by another version.</summary>
    internal sealed record Unknown(string Type) : JournalRecord;
}
