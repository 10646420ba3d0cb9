using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// Stands beside a file from before it changes until the unit that uses it has been told: the file as it was, or an
/// empty one where there was none. Should the unit refuse, the file goes back; should the run be killed, the next one
/// sees that the unit was never told.
/// </summary>
internal sealed class NoticeMark(TrustedPlace place)
{
    private const uint OwnerOnly = 0x180;

    private readonly FileName _entry = new([.. place.Name.Bytes[..Math.Min(place.Name.Bytes.Length, 190)], .. ".notify"u8]);

    private FileName Own => TemporaryName.For(_entry);

    /// <summary>Whether a change was made that the unit has not been told of.</summary>
    public bool IsPending => Marks().Count > 0;

    /// <summary>To be called before the change.</summary>
    public PosixError? Set(bool exists)
    {
        place.Directory.Unlink(Own);
        if (exists)
        {
            return place.Directory.Link(place.Name.Bytes.ToArray(), place.Directory, Own);
        }

        var error = place.Directory.OpenFile(Own, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, OwnerOnly, out var descriptor);
        FileDescriptor.Over(descriptor, place.Directory.At(Own)).Dispose();
        return error;
    }

    /// <summary>Nothing was changed by this run.</summary>
    public void Drop() => place.Directory.Unlink(Own);

    /// <summary>The unit has been told.</summary>
    public void Clear()
    {
        foreach (var name in Marks())
        {
            place.Directory.Unlink(name);
        }
    }

    /// <summary>Undoes the change of this run.</summary>
    public PosixError? GoBack(bool existed)
    {
        if (existed)
        {
            return place.Directory.Rename(Own, place.Directory, place.Name) ?? place.Directory.Sync();
        }

        return place.Directory.Unlink(place.Name) ?? place.Directory.Unlink(Own) ?? place.Directory.Sync();
    }

    private List<FileName> Marks()
    {
        place.Directory.List(out var names);
        var own = Own;
        return names.FindAll(name => name.Bytes.SequenceEqual(own.Bytes) || TemporaryName.IsStale(name, _entry));
    }
}
