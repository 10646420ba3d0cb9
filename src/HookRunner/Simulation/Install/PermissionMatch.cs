using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Install;

/// <summary>Which of the installed objects an entry of `permissions` means (installer.rb:77-98, linux_permission_info.rb:60-96).</summary>
internal static class PermissionMatch
{
    public static IEnumerable<string> Of(AppSpecPermission permission, InstallPlan plan)
    {
        var target = InstallPlan.Absolute(permission.Object);
        if (plan.IsCopied(target))
        {
            return Means(permission, "file") ? [OfOneFile(permission, target)] : [];
        }

        if (!plan.IsMade(target) && !Directory.Exists(permission.Object))
        {
            return [];
        }

        var files = Means(permission, "file") ? plan.Copies : [];
        var directories = Means(permission, "directory") ? plan.Directories : [];
        return files.Concat(directories).Where(path => Matches(permission, target, path));
    }

    /// <summary>`*` stands for any characters but a slash; there is no other sign.</summary>
    public static bool MatchesGlob(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] != '*')
        {
            return !name.IsEmpty && name[0] == pattern[0] && MatchesGlob(name[1..], pattern[1..]);
        }

        return MatchesGlob(name, pattern[1..]) || (!name.IsEmpty && MatchesGlob(name[1..], pattern));
    }

    private static bool Means(AppSpecPermission permission, string type) => permission.Types.IsEmpty || permission.Types.Contains(type);

    private static string OfOneFile(AppSpecPermission permission, string target)
    {
        if (permission.Pattern != "**")
        {
            throw new InstallException($"The deployment failed because the application specification file includes an object ({permission.Object}) with an invalid pattern ({permission.Pattern}), such as a pattern for a file applied to a directory. Correct the permissions section of the AppSpec file, and then try again.");
        }

        return permission.Except.IsEmpty
            ? target
            : throw new InstallException($"The deployment failed because the except parameter for a pattern in the permissions section ({string.Join(", ", permission.Except)}) for the object named {permission.Object} contains an invalid format. Update the AppSpec file, and then try again.");
    }

    private static bool Matches(AppSpecPermission permission, string target, string path)
    {
        var folder = target == "/" ? target : target + "/";
        if (!path.StartsWith(folder, StringComparison.Ordinal))
        {
            return false;
        }

        var name = path[folder.Length..];
        var isMeant = permission.Pattern == "**" || (!name.Contains('/') && MatchesGlob(name, permission.Pattern));
        return isMeant && !permission.Except.Any(item => !name.Contains('/') && MatchesGlob(name, item));
    }
}
