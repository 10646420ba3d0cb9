using HookRunner.Core.Deployment;
using HookRunner.Host.Os;
using HookRunner.Simulation.Agent;
using HookRunner.Simulation.Output;

namespace HookRunner.Simulation.Install;

/// <summary>
/// The event Install: removes what the one before it made, only then looks whether something is in the way, copies and
/// sets permissions (agent 1.8.1, installer.rb:27-56).
/// </summary>
internal sealed class Installer(AgentRoot root, EventLog log)
{
    private const uint AllPermissions = 0x1FF;

    /// <summary>What was done: `3 files, 1 directory`; or the failure.</summary>
    public ScriptFailure? Run(Revision revision, out string remark)
    {
        remark = "";
        try
        {
            Directory.CreateDirectory(root.Instructions);
            CleanupFile.Undo(root.CleanupFile);
            var plan = Plan(revision);
            Execute(plan);
            remark = Count(plan.Copies.Count(), "file") + (plan.Directories.Any() ? ", " + Count(plan.Directories.Count(), "directory") : "");
            return null;
        }
        catch (Exception e) when (e is InstallException or IOException or UnauthorizedAccessException)
        {
            return ScriptFailure.OfAgent(e.Message);
        }
    }

    private InstallPlan Plan(Revision revision)
    {
        var plan = new InstallPlan(revision.AppSpec.FileExistsBehavior ?? "DISALLOW");
        foreach (var item in revision.AppSpec.Files)
        {
            plan.AddFiles(item, revision.Archive);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var permission in revision.AppSpec.Permissions)
        {
            if (permission.HasAccessRules)
            {
                log.Note($"acls and context of {permission.Object} are not set: the sandbox's file system has neither");
            }

            foreach (var path in PermissionMatch.Of(permission, plan).ToList())
            {
                AddPermission(plan, permission, path, seen);
            }
        }

        return plan;
    }

    private static void AddPermission(InstallPlan plan, AppSpecPermission permission, string path, HashSet<string> seen)
    {
        if (!seen.Add(path))
        {
            throw new InstallException($"The deployment failed because the permissions setting for ({path}) is specified more than once in the application specification file. Update the files section of the AppSpec file, and then try again.");
        }

        if (permission.Mode is { } mode)
        {
            plan.Steps.Add(new InstallStep.ChangeMode(path, Convert.ToUInt32(mode, 8)));
        }

        if (permission.Owner is not null || permission.Group is not null)
        {
            plan.Steps.Add(new InstallStep.ChangeOwner(path, permission.Owner, permission.Group));
        }
    }

    private void Execute(InstallPlan plan)
    {
        using var cleanup = new StreamWriter(root.CleanupFile) { AutoFlush = true };
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case InstallStep.MakeDirectory(var path):
                    Check(PosixPath.MakeDirectory(path, AllPermissions), "dir_s_mkdir", path);
                    cleanup.Write(path + "\n");
                    break;
                case InstallStep.Copy(var source, var destination):
                    cleanup.Write(destination + "\n");
                    Copy(source, destination);
                    break;
                case InstallStep.ChangeMode(var path, var mode):
                    Check(PosixPath.ChangeMode(path, mode), "apply2files", path);
                    break;
                case InstallStep.ChangeOwner change:
                    ChangeOwner(change);
                    break;
            }
        }
    }

    /// <summary>Content, mode and times; a link is made again as it is.</summary>
    private static void Copy(string source, string destination)
    {
        if (PosixPath.ReadLink(source, out var target) is null)
        {
            Check(PosixPath.Symlink(target, destination), "rb_file_s_symlink", $"({target}, {destination})");
            return;
        }

        Check(FileStatus.Followed(source, out var status), "rb_sysopen", source);
        File.Copy(source, destination, overwrite: true);
        Check(PosixPath.ChangeMode(destination, status.Permissions), "apply2files", destination);
        File.SetLastWriteTimeUtc(destination, File.GetLastWriteTimeUtc(source));
    }

    private static void Check(PosixError? error, string function, string path)
    {
        if (error is not null)
        {
            throw new InstallException(RubyError.OfFile(error, function, path));
        }
    }

    private void ChangeOwner(InstallStep.ChangeOwner change)
    {
        var user = change.Owner is null ? uint.MaxValue : Accounts.UserId(change.Owner);
        var group = change.Group is null ? uint.MaxValue : Accounts.GroupId(change.Group);
        if (user is null || group is null || PosixPath.ChangeOwner(change.Path, user.Value, group.Value) is not null)
        {
            log.Note($"owner {change.Owner}{(change.Group is null ? "" : ":" + change.Group)} is not here, or out of the sandbox's reach: owners stay as they are");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {(what == "directory" ? "directories" : what + "s")}";
}
