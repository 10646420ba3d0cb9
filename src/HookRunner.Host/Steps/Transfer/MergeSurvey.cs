using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>Looks, before anything is changed, whether each entry can take the place that it is to take.</summary>
internal sealed class MergeSurvey(Exclusion exclusion, Func<bool> mayGoOn) : MergeWalk(exclusion, mayGoOn)
{
    protected override PathTrouble? Visit(TreePair pair, FileStatus source)
    {
        if (pair.To.StatusOf(pair.Copy, out var there) is { } unknown)
        {
            return unknown.Number == Errno.ENOENT ? null : PathTrouble.Of(unknown);
        }

        if (source.IsDirectory && there.IsDirectory)
        {
            return Both(pair);
        }

        return Kind(source) == Kind(there) ? null : new PathTrouble(
            $"`{pair.Target}` is {Kind(there)} and `{pair.From.At(pair.Name)}` {Kind(source)}",
            there.IsDirectory && !source.IsDirectory ? "name the file itself: `to` is the path that it gets" : "`remove:` it first, or `exclude` it");
    }

    private PathTrouble? Both(TreePair pair)
    {
        var error = pair.From.Open(pair.Name, out var source);
        using (source)
        {
            if (error is not null)
            {
                return PathTrouble.Of(error);
            }

            error = pair.To.Open(pair.Copy, out var target);
            using (target)
            {
                return error is null ? Inside(source, target) : PathTrouble.Of(error);
            }
        }
    }

    private static string Kind(FileStatus status) =>
        status.IsDirectory ? "a directory" : status.IsLink ? "a link" : status.IsFile ? "a file" : "a socket, pipe or device";
}
