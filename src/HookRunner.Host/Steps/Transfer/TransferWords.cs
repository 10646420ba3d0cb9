using System.Globalization;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What was done, in a few words for the summary.</summary>
internal static class TransferWords
{
    public static string Of(CopyMerge merge, string? newest, List<string> backups)
    {
        var files = merge.Made + merge.Changed + merge.Same;
        var done = merge.Made + merge.Changed == 0 ? "already so"
            : files == 1 && merge.LastChange.Length > 0 ? merge.LastChange
            : string.Create(CultureInfo.InvariantCulture, $"{merge.Made} made, {merge.Changed} changed, {merge.Same} already so");
        return With(done, merge.LeftOut, newest, backups)
            + (merge.PassedOver == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", passed over {merge.PassedOver} sockets, pipes or devices"));
    }

    public static string Of(MoveMerge merge, string? newest, List<string> backups) => With(
        merge.Moved switch
        {
            0 => "already so",
            1 => "moved",
            var count => string.Create(CultureInfo.InvariantCulture, $"moved {count}"),
        },
        merge.LeftOut, newest, backups);

    private static string With(string done, int leftOut, string? newest, List<string> backups) => string.Concat(
        newest is null ? "" : $"{newest}: ",
        done,
        leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", left out {leftOut}"),
        backups.Count == 0 ? "" : $"; what was there is {backups[0]}",
        backups.Count < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {backups.Count - 1} more"));
}
