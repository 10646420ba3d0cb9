using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>Gives a whole tree to an owner, where it differs. Links themselves change owner; where they lead does not matter.</summary>
internal sealed record TreeOwner(uint User, uint Group, Func<bool> MayGoOn)
{
    private const uint SetIdBits = 0xC00;

    public PosixError? Give(OpenDirectory top)
    {
        if (top.Status(out var status) is { } unknown)
        {
            return unknown;
        }

        return Below(top) ?? (IsOurs(status) ? null : top.ChangeOwner(FileName.Here, User, Group));
    }

    private PosixError? Below(OpenDirectory directory)
    {
        if (directory.List(out var names) is { } unlisted)
        {
            return unlisted;
        }

        foreach (var name in names)
        {
            if (!MayGoOn())
            {
                return new PosixError($"chown {directory.At(name)}", Errno.EINTR);
            }

            if ((directory.StatusOf(name, out var status) ?? Entry(directory, name, status)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private PosixError? Entry(OpenDirectory parent, FileName name, FileStatus status)
    {
        if (status.IsDirectory)
        {
            var error = parent.Open(name, out var directory);
            using (directory)
            {
                if ((error ?? Below(directory)) is { } failed)
                {
                    return failed;
                }
            }
        }

        if (IsOurs(status))
        {
            return null;
        }

        var changed = parent.ChangeOwner(name, User, Group);

        // chown takes set-id bits away from files (chown(2)); a deployed tool with them keeps them.
        return changed is null && status.IsFile && (status.Permissions & SetIdBits) != 0 ? parent.ChangeMode(name, status.Permissions) : changed;
    }

    private bool IsOurs(FileStatus status) => status.User == User && status.Group == Group;
}
