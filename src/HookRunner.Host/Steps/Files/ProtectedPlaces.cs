using HookRunner.Core.Language;
using HookRunner.Core.Planning;
using HookRunner.Core.Values;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// What may not be removed, moved away or given to others. A variable that came out empty, or a name that was typed
/// short, must not cost the host.
/// </summary>
internal static class ProtectedPlaces
{
    private const int LeastDepth = 2;

    private static readonly string[] OwnPlaces = ["/var/lib/hookrunner", "/var/log/hookrunner"];

    /// <summary>What is wrong with a path or pattern, as far as its text tells; null where nothing is.</summary>
    /// <param name="act">What would be done to it: `removed`, `moved`, `changed`.</param>
    public static string? WhyNot(string path, string? within, string act)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        var plain = "/" + string.Join('/', parts);
        if (parts.Contains(".."))
        {
            return $"`{path}` has `..` in it; write where it leads";
        }

        if (SystemPaths.Holds(plain) || SystemPaths.IsOfKernel(plain))
        {
            return $"`{path}` is a directory of the system";
        }

        if (parts.Length < LeastDepth)
        {
            return $"`{path}` is too short to be {act}; expected a path at least {LeastDepth} deep";
        }

        if (Array.FindIndex(parts, IsWide) is var wide and >= 0 && SystemPaths.Holds("/" + string.Join('/', parts[..wide])))
        {
            return $"`{path}` takes everything in a directory of the system";
        }

        if (parts.Contains("**"))
        {
            return $"`{path}` has `**` in it; a directory is {act} with all below it, so name the directory";
        }

        return within is not null && !IsBelow(plain, within) ? $"`{path}` is not inside `{within}`" : null;
    }

    /// <summary>The same for an entry that was found, at its real path: links on the way are followed by then.</summary>
    public static string? WhyNot(string real, ExecutionPlan plan) => WhyNotChange(real, plan)
        ?? (plan.Release is { } release && ReleasePlaces(release).FirstOrDefault(place => Holds(real, place)) is { } kept
            ? kept == real ? "what `release:` keeps" : $"above `{kept}`, which `release:` keeps"
            : null);

    /// <summary>The same where it stays and only gets another owner or mode: a release may.</summary>
    public static string? WhyNotChange(string real, ExecutionPlan plan)
    {
        if (SystemPaths.Holds(real) || SystemPaths.IsOfKernel(real) || real.Count(c => c == '/') < LeastDepth)
        {
            return "a directory of the system";
        }

        return WhyNotInto(real, plan)
            ?? (IsBelow(plan.Deployment.Bundle, real) ? "above the bundle, which stays as it is" : null)
            ?? (OwnPlaces.Append(plan.State).OfType<string>().Any(place => Holds(real, place)) ? "where hookrunner keeps its journal and logs" : null);
    }

    /// <summary>Why nothing may be put there.</summary>
    public static string? WhyNotInto(string real, ExecutionPlan plan)
    {
        if (WhyNotOfBundle(real, plan) is { } reason)
        {
            return reason;
        }

        if (OwnPlaces.Append(plan.State).OfType<string>().Any(place => real == place || IsBelow(real, place)))
        {
            return "where hookrunner keeps its journal and logs";
        }

        return SystemPaths.IsOfKernel(real) ? "a place of the kernel" : null;
    }

    /// <summary>The agent installs from the bundle again when it restarts a deployment: nothing in it changes.</summary>
    public static string? WhyNotOfBundle(string real, ExecutionPlan plan) =>
        IsInside(real, plan.Deployment.Bundle) ? "part of the bundle, which stays as it is" : null;

    /// <summary>The same of a path as it is written, so far as that tells.</summary>
    public static bool IsOfBundle(Template path, IVariableScope scope) => path.Parts is [{ IsVariable: true, Text: "bundle" }, ..]
        || (path.IsComplete && scope.Find("bundle") is VariableValue.Known bundle && IsInside(path.Text, bundle.Text));

    /// <summary>Strictly inside.</summary>
    public static bool IsBelow(string path, string directory) =>
        path.Length > directory.Length + 1 && path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static IEnumerable<string> ReleasePlaces(ReleaseSettings release)
    {
        yield return release.Link;
        yield return release.Releases;
        yield return release.SharedDirectory;
        if (ReleaseLink.Target(release.Link) is { } live)
        {
            yield return live;
        }
    }

    /// <summary>A root directory that calls itself a bundle is none: nothing could be written then.</summary>
    private static bool IsInside(string path, string bundle) => bundle != "/" && (path == bundle || IsBelow(path, bundle));

    private static bool Holds(string path, string place) => path == place || IsBelow(place, path);

    private static bool IsWide(string part) => part.AsSpan().IndexOfAnyExcept("*?.") < 0;
}
