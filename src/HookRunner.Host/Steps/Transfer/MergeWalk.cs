using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>Goes through a tree and the one that it is merged into, side by side, and leaves out what is excluded.</summary>
internal abstract class MergeWalk(Exclusion exclusion, Func<bool> mayGoOn)
{
    private readonly List<FileName> _path = [];
    private bool _hasBegun;

    /// <summary>Called before the first change of each top; what it says ends the walk before anything is changed.</summary>
    public Func<PathTrouble?>? BeforeChange { get; set; }

    /// <summary>How many entries were excluded; what is below one is not counted.</summary>
    public int LeftOut { get; private set; }

    protected Func<bool> MayGoOn => mayGoOn;

    protected bool LeavesOut => !exclusion.IsEmpty;

    /// <param name="isMatch">It was found by a pattern, so that its own name may be excluded, too.</param>
    public PathTrouble? Top(TreePair pair, bool isMatch)
    {
        _hasBegun = false;
        return isMatch ? Entry(pair) : Known(pair);
    }

    /// <summary>One entry, whatever it is.</summary>
    protected abstract PathTrouble? Visit(TreePair pair, FileStatus source);

    /// <summary>To be asked before each change.</summary>
    protected PathTrouble? Begin()
    {
        var isFirst = !_hasBegun;
        _hasBegun = true;
        return isFirst ? BeforeChange?.Invoke() : null;
    }

    /// <summary>All entries of a directory, in the order of their names.</summary>
    protected PathTrouble? Inside(OpenDirectory source, OpenDirectory target)
    {
        if (source.List(out var names) is { } unlisted)
        {
            return PathTrouble.Of(unlisted);
        }

        names.Sort((one, other) => one.Bytes.SequenceCompareTo(other.Bytes));
        return names.Select(name => Entry(new TreePair(source, name, target, name))).FirstOrDefault(trouble => trouble is not null);
    }

    private PathTrouble? Entry(TreePair pair)
    {
        if (!mayGoOn())
        {
            return PathTrouble.Of(new PosixError($"read {pair.From.At(pair.Name)}", Errno.EINTR));
        }

        _path.Add(pair.Name);
        var isOut = LeavesOut && exclusion.Takes(_path);
        LeftOut += isOut ? 1 : 0;
        var trouble = isOut ? null : Known(pair);
        _path.RemoveAt(_path.Count - 1);
        return trouble;
    }

    private PathTrouble? Known(TreePair pair) =>
        pair.From.StatusOf(pair.Name, out var source) is { } unknown ? PathTrouble.Of(unknown) : Visit(pair, source);
}
