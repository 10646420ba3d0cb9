using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>Directories below an open one, reached through no link.</summary>
internal static class InnerDirectory
{
    /// <summary>Opens the directory at the end of <paramref name="parts"/>; what is missing on the way is made.</summary>
    /// <param name="make">Makes one directory; null: a missing one is an error.</param>
    public static PosixError? Open(OpenDirectory top, string[] parts, Func<OpenDirectory, FileName, PosixError?>? make, out OpenDirectory directory)
    {
        if (top.OpenToRead(out directory) is { } unopened)
        {
            return unopened;
        }

        foreach (var part in parts)
        {
            var name = new FileName(part);
            var error = directory.Open(name, out var next);
            if (error is { Number: Errno.ENOENT } && make is not null)
            {
                next.Dispose();
                error = make(directory, name) ?? directory.Open(name, out next);
            }

            if (error is not null)
            {
                next.Dispose();
                return error.Number is Errno.ELOOP or Errno.ENOTDIR
                    ? error with { Call = $"go through {directory.At(name)}, which is a link or no directory and may lead outside" }
                    : error;
            }

            directory.Dispose();
            directory = next;
        }

        return null;
    }
}
