using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>
/// The locks of an event: one for its application, one for each link it may switch, in the order of their names. All or
/// none; while another has one, none is kept, so that a deployment under way on this host can go on.
/// </summary>
internal static class HostLock
{
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(30);

    public static LockOutcome Acquire(LockRequest request)
    {
        var started = Boot.Now;
        var saidAt = -(long)Reminder.TotalMilliseconds;
        while (true)
        {
            var outcome = Try(request);
            var waited = TimeSpan.FromMilliseconds(Boot.Now - started);
            if (outcome is not LockOutcome.Busy busy || waited >= request.Within)
            {
                return outcome is LockOutcome.Busy last ? last with { Waited = waited } : outcome;
            }

            if (waited.TotalMilliseconds - saidAt >= Reminder.TotalMilliseconds)
            {
                saidAt = (long)waited.TotalMilliseconds;
                request.Say($"waiting: {busy} (at most {Seconds(request.Within - waited)} more)");
            }

            if (request.Stopping.WaitHandle.WaitOne(waited < TimeSpan.FromSeconds(2) ? 50 : 250))
            {
                return new LockOutcome.Stopped();
            }
        }
    }

    /// <summary>The one name of a link, whatever way leads to it: its parent directory is resolved.</summary>
    public static string Identity(string link)
    {
        var trimmed = link.TrimEnd('/');
        var parent = Path.GetDirectoryName(trimmed) is { Length: > 0 } found ? found : "/";
        if (FileDescriptor.Open(parent, OpenFlags.PathOnly | OpenFlags.Directory, 0, out var directory) is not null)
        {
            return Path.GetFullPath(trimmed);
        }

        using (directory)
        {
            var resolved = PosixPath.ReadLink($"/proc/self/fd/{directory.Number.ToString(CultureInfo.InvariantCulture)}", out var real) is null ? real : parent;
            return Path.Join(resolved, Path.GetFileName(trimmed));
        }
    }

    public static string FileNameOfLink(string link) => $"link-{StateName.Of(Identity(link))}";

    private static LockOutcome Try(LockRequest request)
    {
        var me = request.Me with { LastSign = Boot.Now };
        var files = ImmutableArray.CreateBuilder<LockFile>();
        var sharing = ImmutableArray.CreateBuilder<LockHolder>();
        LockOutcome? refusal = null;
        foreach (var (name, what, isLink) in Names(request))
        {
            if (LockFile.Open(Path.Join(request.Layout.Locks, name), what, out var file) is { } failed)
            {
                refusal = new LockOutcome.Failed(failed);
                break;
            }

            files.Add(file);
            refusal = Take(file, isLink ? request.SharedHost : null, me, sharing);
            if (refusal is not null)
            {
                break;
            }
        }

        var held = new HeldLocks(files.ToImmutable(), me);
        if (refusal is not null)
        {
            held.Dispose();
            return refusal;
        }

        foreach (var file in files)
        {
            file.Write(me);
        }

        return new LockOutcome.Held(held, [.. sharing.DistinctBy(other => (other.Application, other.Group))]);
    }

    /// <summary>Null where it is ours now.</summary>
    private static LockOutcome? Take(LockFile file, Core.Language.SharedHost? rule, LockHolder me, ImmutableArray<LockHolder>.Builder sharing)
    {
        if (file.TryTake(out var taken) is { } error)
        {
            return new LockOutcome.Failed(error);
        }

        var holder = file.ReadHolder();
        if (!taken)
        {
            return new LockOutcome.Busy(file.What, holder, TimeSpan.Zero);
        }

        switch (rule is { } shared ? Ownership.Of(holder, me, shared) : new Ownership.Free())
        {
            case Ownership.Wait wait:
                return new LockOutcome.Busy(file.What, wait.Owner, TimeSpan.Zero);
            case Ownership.Refuse refuse:
                return new LockOutcome.Refused(file.What, refuse.Owner);
            case Ownership.Warn warn:
                sharing.Add(warn.Owner);
                return null;
            default:
                return null;
        }
    }

    private static IEnumerable<(string Name, string What, bool IsLink)> Names(LockRequest request) =>
        request.Links
            .Select(link => (Name: FileNameOfLink(link), What: $"link {link}", IsLink: true))
            .Append((Name: $"application-{StateName.Of(request.Me.Application)}", What: $"application {request.Me.Application}", IsLink: false))
            .DistinctBy(item => item.Name)
            .OrderBy(item => item.Name, StringComparer.Ordinal);

    private static string Seconds(TimeSpan span) => $"{Math.Ceiling(span.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s";
}
