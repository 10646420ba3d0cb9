using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Simulation;

/// <summary>A bundle's directory, looked at before anything runs.</summary>
internal static class BundleFolder
{
    private const string Name = "appspec.yml";

    /// <summary>Null where it cannot be deployed; the bag says why. Both agents look for `appspec.yml`, and for no other name.</summary>
    public static AppSpec? Read(string bundle, DiagnosticBag diagnostics)
    {
        var path = Path.Join(bundle, Name);
        if (!Directory.Exists(bundle))
        {
            diagnostics.Error(SourceLocation.Nowhere, $"`{bundle}` is no directory; expected the bundle's", File.Exists(bundle) ? "unpack it first" : null);
            return null;
        }

        if (!File.Exists(path))
        {
            diagnostics.Error(
                SourceLocation.Nowhere,
                $"`{bundle}` holds no `{Name}`",
                File.Exists(Path.ChangeExtension(path, ".yaml")) ? "rename `appspec.yaml`: the agent's hooks look for `appspec.yml` only" : null);
            return null;
        }

        return YamlLoader.Load(path, File.ReadAllBytes(path), diagnostics) is { } root
            ? AppSpecReader.Read(root, root.Location.Source, diagnostics)
            : null;
    }
}
