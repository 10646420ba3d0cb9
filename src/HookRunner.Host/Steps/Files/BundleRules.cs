using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Files;

/// <summary>Nothing is written into the bundle.</summary>
internal static class BundleRules
{
    /// <summary>True after a reported mistake.</summary>
    public static bool Refuses(Template path, string key, StepFields fields)
    {
        if (!ProtectedPlaces.IsOfBundle(path, fields.Scope))
        {
            return false;
        }

        fields.Error(key, $"`{key}` is in the bundle, which stays as it is: the agent installs from it again when it restarts a deployment",
            "name a place of the application");
        return true;
    }
}
