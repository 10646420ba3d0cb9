using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// Finds what a path or pattern names. What stands before the first pattern is walked to as <see cref="TrustedPlace"/>
/// does; from there on no link is followed.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="plainStart">How much of it is no pattern whatever it holds: the bundle's own path.</param>
internal sealed class PathMatches(string path, string plainStart = "")
{
    private readonly string[] _parts = Parts(path);
    private readonly int _plainParts = Parts(plainStart).Length;

    /// <summary>Whether the last part names one entry only.</summary>
    public bool IsPlain => !Glob.Is(_parts[^1]);

    /// <summary>Hands over each entry where it stands, in the order of names; the first failure ends it.</summary>
    public T? Each<T>(Func<PathTrouble, T> refuse, Func<OpenDirectory, FileName, T?> act)
        where T : class
    {
        var first = Array.FindIndex(_parts, Math.Min(_plainParts, _parts.Length - 1), Glob.Is);
        var fixedParts = first < 0 ? _parts.Length - 1 : first;
        var start = "/" + string.Join('/', _parts[..fixedParts]);
        if (TrustedPlace.Enter(start, null, out var directory) is { } trouble)
        {
            return trouble.Number is Errno.ENOENT or Errno.ENOTDIR ? null : refuse(trouble);
        }

        using (directory)
        {
            return Below(directory, fixedParts, act);
        }
    }

    private T? Below<T>(OpenDirectory directory, int part, Func<OpenDirectory, FileName, T?> act)
        where T : class
    {
        foreach (var name in Names(directory, _parts[part]))
        {
            if (directory.StatusOf(name, out var status) is not null)
            {
                continue;
            }

            var failure = part == _parts.Length - 1 ? act(directory, name) : status.IsDirectory ? Inside(directory, name, part, act) : null;
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private T? Inside<T>(OpenDirectory directory, FileName name, int part, Func<OpenDirectory, FileName, T?> act)
        where T : class
    {
        var error = directory.Open(name, out var inner);
        using (inner)
        {
            return error is null ? Below(inner, part + 1, act) : null;
        }
    }

    private static string[] Parts(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];

    private static List<FileName> Names(OpenDirectory directory, string part)
    {
        if (!Glob.Is(part))
        {
            return [new FileName(part)];
        }

        var glob = new Glob(part);
        directory.List(out var names);
        names.RemoveAll(name => !glob.Matches(name.Bytes));
        names.Sort((one, other) => one.Bytes.SequenceCompareTo(other.Bytes));
        return names;
    }
}
