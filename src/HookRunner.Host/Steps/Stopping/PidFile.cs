using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>A pid file as it was read.</summary>
internal sealed record PidFile(int Id, uint Owner, ulong Inode, FileTimes Times)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Null file: there is none.</summary>
    public static PathTrouble? Read(string path, out PidFile? file)
    {
        file = null;
        var trouble = TrustedPlace.Find(path, out var place);
        if (trouble is not null)
        {
            return trouble.Number == Errno.ENOENT ? null : trouble;
        }

        using (place)
        {
            return place.Entry(out var entry) ?? (entry is { } status ? Read(path, place, status, out file) : null);
        }
    }

    /// <summary>Removes it, where it still is the file that was read.</summary>
    public static PosixError? Remove(string path, PidFile file, out bool isRemoved)
    {
        isRemoved = false;
        if (TrustedPlace.Find(path, out var place) is not null)
        {
            return null;
        }

        using (place)
        {
            if (place.Entry(out var entry) is not null || entry is not { } status || status.Inode != file.Inode || status.Times.ModifiedNanoseconds != file.Times.ModifiedNanoseconds)
            {
                return null;
            }

            var error = place.Directory.Unlink(place.Name);
            isRemoved = error is null;
            return error;
        }
    }

    /// <summary>The process began after the file was written, so the pid is another's by now.</summary>
    public bool IsOlderThan(ProcessStat process) => IsOlderThan(Times, process);

    /// <summary>The same of a file that was read otherwise.</summary>
    public static bool IsOlderThan(FileTimes file, ProcessStat process) =>
        DateTimeOffset.UtcNow - LiveProcesses.Describe([process])[0].Age > DateTimeOffset.FromUnixTimeSeconds(file.ModifiedSeconds) + Slack;

    private static PathTrouble? Read(string path, TrustedPlace place, FileStatus status, out PidFile? file)
    {
        file = null;
        if (!status.IsFile)
        {
            return new PathTrouble($"`{path}` is {(status.IsLink ? "a link" : "no file")}; expected a file that holds a pid");
        }

        if (WriteAccess.Strangers(status) is { } strangers)
        {
            return new PathTrouble($"`{path}` can be written by {strangers}, who could name any process in it", $"`chmod go-w {path}`");
        }

        if (place.Directory.OpenFile(place.Name, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var descriptor) is { } error)
        {
            return PathTrouble.Of(error);
        }

        using var open = FileDescriptor.Over(descriptor, path);
        Span<byte> buffer = stackalloc byte[64];
        if (open.ReadAt(buffer, 0, out var count) is { } unread)
        {
            return PathTrouble.Of(unread);
        }

        var line = Encoding.UTF8.GetString(buffer[..count]).Split('\n')[0].Trim();
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
        {
            var shown = string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));
            return new PathTrouble(
                line.Length == 0 ? $"`{path}` is empty; expected a pid" : $"`{path}` holds `{shown}`; expected a pid",
                "stop the process by `program` or `port`, and remove the file");
        }

        file = new PidFile(id, status.User, status.Inode, status.Times);
        return null;
    }
}
