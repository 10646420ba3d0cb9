using System.Globalization;

namespace HookRunner.Host.Releases;

/// <summary>A process that lives in a release.</summary>
/// <param name="Release">The release's name.</param>
/// <param name="Unit">Its systemd unit; empty where it has none.</param>
/// <param name="How">`works in it`, `runs from it`, `has it mapped`, `has files of it open`, `has it mounted`.</param>
internal sealed record ReleaseUser(string Release, int Id, string Command, string Unit, string How)
{
    /// <summary>`puma (pid 4711, myapp.service) has files of it open`.</summary>
    public override string ToString()
    {
        var pid = Id.ToString(CultureInfo.InvariantCulture);
        return $"{Command} (pid {pid}{(Unit.Length > 0 ? $", {Unit}" : "")}) {How}";
    }
}
