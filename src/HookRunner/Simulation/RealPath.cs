namespace HookRunner.Simulation;

/// <summary>Paths without links in any of their parts.</summary>
internal static class RealPath
{
    /// <summary>Parts that do not exist are kept as they are. A cycle of links is given back half resolved.</summary>
    public static string Of(string path)
    {
        var resolved = "/";
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            var next = Path.Join(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > 40)
            {
                resolved = next;
                continue;
            }

            resolved = Path.IsPathRooted(target) ? "/" : resolved;
            foreach (var item in Parts(target).Reverse())
            {
                rest.Push(item);
            }
        }

        return resolved;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
