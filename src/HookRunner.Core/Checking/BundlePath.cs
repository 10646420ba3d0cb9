namespace HookRunner.Core.Checking;

/// <summary>Paths as bundles know them.</summary>
internal static class BundlePath
{
    /// <summary>Stands for the bundle's place on an instance, which a check cannot know.</summary>
    public const string Root = "/opt/codedeploy-agent/deployment-root/group/deployment/deployment-archive";

    /// <summary>
    /// Without `.` parts, doubled and surrounding slashes (the agents take a leading one off too); begins with `..` where it
    /// leads outside.
    /// </summary>
    public static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The path inside the bundle; null for one elsewhere on the host, which a check cannot see.</summary>
    public static string? Inside(string path, string bundle)
    {
        if (path.StartsWith('/'))
        {
            return IsIn(path, bundle) ? Normal(path[bundle.TrimEnd('/').Length..]) : null;
        }

        return Normal(path);
    }

    public static bool LeadsOut(string normal) => normal == ".." || normal.StartsWith("../", StringComparison.Ordinal);

    /// <summary>True where <paramref name="path"/> is <paramref name="directory"/> or lies in it.</summary>
    public static bool IsIn(string path, string directory)
    {
        var (inner, outer) = (path.TrimEnd('/'), directory.TrimEnd('/'));
        return inner == outer || inner.StartsWith(outer + "/", StringComparison.Ordinal);
    }
}
