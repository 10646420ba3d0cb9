using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Files;

/// <summary>What a `permissions` step may say; each mistake is reported where it stands.</summary>
internal static class PermissionsRules
{
    private const uint WorldWritable = 0x2, Sticky = 0x200;

    public static PermissionsAction? Read(StepFields fields)
    {
        var paths = fields.TextList("path").Select(path => PathRules.Destination(path, "path", fields.Diagnostics)).ToImmutableArray();
        var action = new PermissionsAction
        {
            Paths = [.. paths.OfType<Template>()],
            Owner = fields.Owner("owner"),
            FileMode = fields.Mode("file_mode"),
            DirectoryMode = fields.Mode("dir_mode"),
            IsRecursive = fields.Flag("recursive") ?? false,
        };
        if (!fields.Has("owner") && !fields.Has("file_mode") && !fields.Has("dir_mode"))
        {
            fields.Diagnostics.Error(fields.Location, "`permissions` needs `owner`, `file_mode` or `dir_mode`: else there is nothing to change");
            return null;
        }

        WarnOfWorld("file_mode", action.FileMode, 0, fields);
        WarnOfWorld("dir_mode", action.DirectoryMode, Sticky, fields);
        return AreRight(action.Paths, fields) && action.Paths.Length > 0 && action.Paths.Length == paths.Length ? action : null;
    }

    private static bool AreRight(ImmutableArray<Template> paths, StepFields fields)
    {
        var areRight = true;
        foreach (var path in paths.Where(path => path.IsComplete))
        {
            if (ProtectedPlaces.WhyNot(path.Text, null, "changed") is { } reason)
            {
                fields.Diagnostics.Error(path.Location, reason, "name what belongs to the application");
                areRight = false;
            }
        }

        return areRight;
    }

    /// <summary>A directory that each user may write to is fine where only owners may remove what is in it.</summary>
    private static void WarnOfWorld(string key, UnixMode? mode, uint excuse, StepFields fields)
    {
        if (mode?.Apply(0, isDirectory: true) is { } bits && (bits & WorldWritable) != 0 && (bits & excuse) == 0)
        {
            fields.Diagnostics.Warning(fields.Node(key)!.Location, $"`{key}: {mode}` lets every user of the host change it",
                "the application's user is enough: `owner:` and `u+rwX`");
        }
    }
}
