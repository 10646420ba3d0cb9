using System.Collections.Immutable;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Background;

/// <summary>A program that was started in the background, as long as the step looks after it. A closed set.</summary>
internal abstract class BackgroundProcess
{
    /// <summary>Its main process; 0 where that has ended already.</summary>
    public int Id { get; protected init; }

    /// <summary>What people call it: `pid 4711`, `web.service (pid 4711)`.</summary>
    public abstract string Words { get; }

    /// <summary>How it ended; null while it lives.</summary>
    public abstract ProcessEnd? End();

    /// <summary>The last lines that it wrote.</summary>
    public abstract ImmutableArray<string> Tail();

    /// <summary>The last lines of a log since an offset. What shows them masks them.</summary>
    protected static ImmutableArray<string> TailOf(FileDescriptor log, long from)
    {
        const int mostLines = 12;
        var lines = OutputTail.Read(log.Number, (from, LogFile.Length(log.Number)), new SecretMask());
        return lines.Length > mostLines ? lines[^mostLines..] : lines;
    }
}
