using HookRunner.Host.Os;
using static HookRunner.Host.Releases.LinkSwitchResult;

namespace HookRunner.Host.Releases;

/// <summary>What a link shall point to, as found before the switch.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Status">Of what it leads to, links followed.</param>
internal sealed record LinkTarget(string Path, FileStatus Status)
{
    /// <summary>A link to nothing is refused, and one to itself or into itself.</summary>
    public static Refused? Find(LinkSwitch request, out LinkTarget target)
    {
        var plain = ReleaseLink.Absolute(request.Path, request.Target)!;
        // Not the plain form for the kernel: where the link's directory is reached through a link, `..` means another place.
        var path = request.Target.StartsWith('/') ? request.Target : $"{System.IO.Path.GetDirectoryName(request.Path)}/{request.Target}";
        target = new LinkTarget(path, default);
        if (plain == request.Path || plain.StartsWith(request.Path + "/", StringComparison.Ordinal))
        {
            return new Refused($"`{request.Path}` cannot point into itself (`{request.Target}`)");
        }

        if (FileStatus.Followed(path, out var status) is not { } error)
        {
            target = target with { Status = status };
            return null;
        }

        return error.Number is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP
            ? new Refused($"`{plain}` is not there, and a link to nothing would break every reader of `{request.Path}`",
                "is it among appspec's `files:`, or made by an earlier step? The link was not touched")
            : Refused.Of(error, "the link was not touched");
    }

    /// <summary>Brings all that was written to its file system onto the disk: the link must not outlive what it points to.</summary>
    public PosixError? Flush()
    {
        if (!Status.IsDirectory && !Status.IsFile)
        {
            return null;
        }

        if (FileDescriptor.Open(Path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var file) is { } error)
        {
            return error;
        }

        using (file)
        {
            return file.SyncFileSystem();
        }
    }

    /// <summary>Whether a path leads to this very thing.</summary>
    public bool IsAt(string path) => FileStatus.Followed(path, out var found) is null && found.IsSameFileAs(Status);
}
