using System.Runtime.InteropServices;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Files;

/// <summary>Owner and mode as a step wants them, put on an open file or directory: never by a name that may have changed hands.</summary>
internal sealed record Traits(WantedOwner? Owner, UnixMode? Mode)
{
    /// <summary>What is not as written, each in words such as `mode 0644 -> 0600`; empty where all is.</summary>
    public List<string> Differences(FileStatus status)
    {
        var differences = new List<string>();
        if (Owner is { IsWritten: true } owner && (owner.User, owner.Group) != (status.User, status.Group))
        {
            differences.Add($"owner {status.User}:{status.Group} -> {owner.User}:{owner.Group}");
        }

        if (Mode is { } mode && mode.Apply(status.Permissions, status.IsDirectory) is var wanted && wanted != status.Permissions)
        {
            differences.Add($"mode {Octal(status.Permissions)} -> {Octal(wanted)}");
        }

        return differences;
    }

    /// <summary>Owner first: a change of owner takes the set-id bits away (chown(2)).</summary>
    public PosixError? Put(int descriptor, string path, uint mode) =>
        (Owner is { } owner ? Owned(descriptor, path, owner.User, owner.Group) : null)
        ?? (Libc.ChangeMode(descriptor, mode) < 0 ? Error("chmod", path) : null);

    /// <summary>What is not as written, and nothing else.</summary>
    public PosixError? Amend(int descriptor, string path, FileStatus status)
    {
        var mode = Mode?.Apply(status.Permissions, status.IsDirectory) ?? status.Permissions;
        var owner = Owner is { IsWritten: true } written && (written.User, written.Group) != (status.User, status.Group) ? written : null;
        return (owner is null ? null : Owned(descriptor, path, owner.User, owner.Group))
            ?? (mode == status.Permissions && owner is null ? null : Libc.ChangeMode(descriptor, mode) < 0 ? Error("chmod", path) : null);
    }

    public static string Octal(uint mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    private static PosixError? Owned(int descriptor, string path, uint user, uint group) =>
        Libc.ChangeOwner(descriptor, user, group) < 0 ? Error("chown", path) : null;

    private static PosixError Error(string call, string path) => new($"{call} {path}", Marshal.GetLastPInvokeError());
}
