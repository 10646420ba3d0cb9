using System.Runtime.InteropServices;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Background;

/// <summary>
/// The file that a background program writes to: opened before the program is started, so that whoever may write to its
/// directory can neither lead root astray nor get at another file.
/// </summary>
internal static class BackgroundLog
{
    private const uint Mode = 0x1A0;
    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.NonBlocking;

    /// <summary>Opens it for appending; a new one is the program's user's, 0640.</summary>
    public static PathTrouble? Open(string path, ProcessRequest request, out FileDescriptor? log)
    {
        log = null;
        var trouble = TrustedPlace.Find(path, out var place);
        if (trouble is not null)
        {
            return trouble;
        }

        using (place)
        {
            var error = place.Directory.OpenFile(place.Name, Flags | OpenFlags.Create | OpenFlags.Exclusive, Mode, out var descriptor);
            var isNew = error is null;
            error = error is { Number: Errno.EEXIST } ? place.Directory.OpenFile(place.Name, Flags, 0, out descriptor) : error;
            if (error is not null)
            {
                return error.Number == Errno.ELOOP
                    ? new PathTrouble($"`{path}` is a link; expected a file", "name the file it points to")
                    : PathTrouble.Of(error);
            }

            log = FileDescriptor.Over(descriptor, path);
            trouble = isNew ? Give(log, request.User) : Judge(log, request.User);
        }

        if (trouble is not null)
        {
            log.Dispose();
            log = null;
        }

        return trouble;
    }

    private static PathTrouble? Give(FileDescriptor log, UserAccount? user) =>
        user is null || Libc.ChangeOwner(log.Number, user.Id, user.GroupId) == 0
            ? null
            : PathTrouble.Of(new PosixError($"chown {log.Path}", Marshal.GetLastPInvokeError()));

    /// <summary>A user could have put another name of somebody's file here.</summary>
    private static PathTrouble? Judge(FileDescriptor log, UserAccount? user)
    {
        if (FileStatus.OfDescriptor(log.Number, log.Path, out var status) is { } error)
        {
            return PathTrouble.Of(error);
        }

        if (!status.IsFile)
        {
            return new PathTrouble($"`{log.Path}` is no file", "name a file, or leave `log` out");
        }

        return user is null || status.User == user.Id || (status.Links == 1 && (status.User == 0 || status.User == Users.CurrentId))
            ? null
            : new PathTrouble(
                $"`{log.Path}` is not {user.Name}'s, for whom the program runs{(status.Links > 1 ? ", and has other names" : "")}",
                "`chown` it, or name another file");
    }
}
