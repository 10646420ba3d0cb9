using System.Globalization;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Background;

/// <summary>Where a pid file goes, found before anything is started, so that it can be written as soon as there is a pid.</summary>
internal sealed class PidPlace : IDisposable
{
    private readonly TrustedPlace _place;
    private FileStatus? _before;

    private PidPlace(TrustedPlace place) => _place = place;

    /// <summary>Null place where none is wanted.</summary>
    public static PathTrouble? Find(string? path, out PidPlace? place)
    {
        place = null;
        if (path is null)
        {
            return null;
        }

        var trouble = TrustedPlace.Find(path, out var found);
        if (trouble is not null)
        {
            return trouble;
        }

        place = new PidPlace(found);
        trouble = place.Placement("").Compare(out place._before, out _);
        if (trouble is not null)
        {
            place.Dispose();
            place = null;
        }

        return trouble;
    }

    /// <summary>By one rename: hookrunner's own, 0644, so that only it and root can name another process in it.</summary>
    public PosixError? Write(int id) => Placement(id.ToString(CultureInfo.InvariantCulture) + "\n").Write(_before);

    public void Remove() => _place.Directory.Unlink(_place.Name);

    public void Dispose() => _place.Dispose();

    private FilePlacement Placement(string content)
    {
        _ = UnixMode.TryParse("0644", out var mode);
        return new FilePlacement(
            _place.Directory, _place.Name, FileContent.Of(content), new Traits(new WantedOwner(Users.CurrentId, Libc.EffectiveGroupId(), IsWritten: true), mode));
    }
}
