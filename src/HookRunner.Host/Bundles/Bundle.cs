using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Yaml;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Bundles;

/// <summary>A bundle as read: hookrunner.yml and the appspec.yml beside it.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="File">Null where hookrunner.yml cannot be used; the bag says why.</param>
/// <param name="AppSpec">Null where there is none, or it cannot be read.</param>
internal sealed record Bundle(string Folder, HookFile? File, AppSpec? AppSpec)
{
    private const int LargestFile = 16 << 20;

    /// <summary>Reads both; mistakes are collected, none is thrown.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="shown">What stands before the files' names in messages: nothing under the agent, whose paths are long.</param>
    /// <param name="diagnostics">Takes the mistakes.</param>
    /// <param name="appSpecDiagnostics">Takes those of appspec.yml, where they are no reason to refuse: an agent that runs hooks has taken the file.</param>
    public static Bundle Read(string folder, string shown, DiagnosticBag diagnostics, DiagnosticBag? appSpecDiagnostics = null)
    {
        var file = ReadHookFile(folder, shown, diagnostics);
        return new Bundle(folder, file, ReadAppSpec(folder, shown, file?.AppSpec, appSpecDiagnostics ?? diagnostics));
    }

    private static HookFile? ReadHookFile(string folder, string shown, DiagnosticBag diagnostics)
    {
        var name = Path.Join(shown, BundleLocator.FileName);
        return Bytes(Path.Join(folder, BundleLocator.FileName), name, diagnostics) is { } bytes
            ? HookFileReader.Load(name, bytes, StepCatalog.All, diagnostics)
            : null;
    }

    private static AppSpec? ReadAppSpec(string folder, string shown, string? named, DiagnosticBag diagnostics)
    {
        if ((named ?? FindAppSpec(folder)) is not { } file)
        {
            return null;
        }

        var name = Path.Join(shown, file);
        return Bytes(Path.Join(folder, file), name, diagnostics) is { } bytes
            && YamlLoader.Load(name, bytes, diagnostics) is { } root
            ? AppSpecReader.Read(root, root.Location.Source, diagnostics)
            : null;
    }

    /// <summary>`appspec*.y*ml` at the bundle's root; appspec.yml itself before any other.</summary>
    internal static string? FindAppSpec(string folder)
    {
        const string usual = "appspec.yml";
        return System.IO.File.Exists(Path.Join(folder, usual))
            ? usual
            : Directory.EnumerateFiles(folder, "appspec*.y*ml").Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static byte[]? Bytes(string path, string shown, DiagnosticBag diagnostics)
    {
        var nowhere = new SourceLocation(new SourceText(shown, ""), 0, 0);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                diagnostics.Error(nowhere, "the file is larger than 16 MiB; expected a configuration file of at most 1 MiB");
                return null;
            }

            return System.IO.File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(nowhere, $"cannot be read: {e.Message}");
            return null;
        }
    }
}
