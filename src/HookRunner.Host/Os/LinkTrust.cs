namespace HookRunner.Host.Os;

/// <summary>
/// Which links on the way to a place may be followed. One that root or we own, or that stands in a directory of root's
/// or ours, always. One of another user only into a directory of that same user, where it gains nothing: else a user
/// could make root act anywhere. Where strangers can write, none.
/// </summary>
internal sealed class LinkTrust
{
    private readonly HashSet<uint> _owners = [];

    /// <summary>Judges one link where it stands.</summary>
    public PathTrouble? Meet(OpenDirectory directory, FileName name, FileStatus link)
    {
        if (directory.Status(out var holder) is { } error)
        {
            return PathTrouble.Of(error);
        }

        if (WriteAccess.Strangers(holder) is { } strangers)
        {
            return new PathTrouble(
                $"`{directory.At(name)}` is a link in a directory that {strangers} can write to: anyone could point it elsewhere",
                $"name the real path, or take the right away: `chmod go-w {directory.Path}`");
        }

        if (!IsOurs(holder.User) && !IsOurs(link.User))
        {
            _owners.Add(link.User);
        }

        return null;
    }

    /// <summary>Judges where all the links together led.</summary>
    public PathTrouble? Arrive(string path, OpenDirectory directory)
    {
        if (_owners.Count == 0)
        {
            return null;
        }

        if (directory.Status(out var status) is { } error)
        {
            return PathTrouble.Of(error);
        }

        var strangers = _owners.Where(owner => owner != status.User).ToList();
        return strangers.Count == 0 ? null : new PathTrouble(
            $"`{path}` goes through a link of user {strangers[0]} into `{directory.Path}`, which is not that user's",
            "name the real path");
    }

    private static bool IsOurs(uint user) => user == 0 || user == Libc.EffectiveUserId();
}
