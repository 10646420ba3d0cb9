using HookRunner.Core.Deployment;
using HookRunner.Simulation.Output;

namespace HookRunner.Simulation.Agent;

/// <summary>The event DownloadBundle: the bundle becomes the deployment's archive, and nothing of it points back.</summary>
internal sealed class BundleDownload(RunningExecutable executable, EventLog log)
{
    /// <summary>Copies with modes, times and links as they are. Git's own folder is in no bundle.</summary>
    public ScriptFailure? Run(string bundle, string archive, AppSpec appSpec)
    {
        try
        {
            Copy(bundle, archive);
            foreach (var script in Missing(archive, appSpec))
            {
                PutExecutable(archive, script);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ScriptFailure.OfAgent(e.Message);
        }
    }

    /// <summary>
    /// The scripts that appspec.yml names, that are not there, and that can only be meant to be hookrunner: by their name, or
    /// because hookrunner.yml lies beside them.
    /// </summary>
    private static IEnumerable<string> Missing(string archive, AppSpec appSpec) => appSpec.Hooks
        .Select(hook => hook.Script)
        .Distinct()
        .Where(script => !Path.Exists(Path.Join(archive, script)))
        .Where(script => Path.GetFileName(script).StartsWith("hookrunner", StringComparison.Ordinal)
            || File.Exists(Path.Join(archive, Path.GetDirectoryName(script), "hookrunner.yml")));

    private void PutExecutable(string archive, string script)
    {
        var path = Path.Join(archive, script);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, executable.Path);
        log.Note($"the bundle has no `{script}`: the running executable is put in its place ({executable.Path})");
    }

    private static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(destination, File.GetUnixFileMode(source) | UnixFileMode.UserWrite);
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos().Where(entry => entry.Name != ".git"))
        {
            var target = Path.Join(destination, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                Copy(entry.FullName, target);
            }
            else
            {
                File.Copy(entry.FullName, target);
                File.SetLastWriteTimeUtc(target, entry.LastWriteTimeUtc);
            }
        }
    }
}
