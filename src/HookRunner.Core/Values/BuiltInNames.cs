namespace HookRunner.Core.Values;

/// <summary>The names that hookrunner defines itself (LANGUAGE section 2).</summary>
internal static class BuiltInNames
{
    /// <summary>Each name with the variable that holds the same in a command's environment; empty where there is none.</summary>
    private static readonly Dictionary<string, string> InCommands = new()
    {
        ["environment"] = "HOOKRUNNER_ENVIRONMENT",
        ["roles"] = "HOOKRUNNER_ROLES",
        ["event"] = "HOOKRUNNER_EVENT",
        ["bundle"] = "HOOKRUNNER_BUNDLE",
        ["link"] = "HOOKRUNNER_LINK",
        ["release.dir"] = "HOOKRUNNER_RELEASE_DIR",
        ["release.live"] = "HOOKRUNNER_RELEASE_LIVE",
        ["release.previous"] = "",
        ["application"] = "APPLICATION_NAME",
        ["group"] = "DEPLOYMENT_GROUP_NAME",
        ["group_id"] = "DEPLOYMENT_GROUP_ID",
        ["deployment"] = "DEPLOYMENT_ID",
        ["instance.id"] = "",
        ["instance.region"] = "",
        ["instance.zone"] = "",
        ["instance.account"] = "",
    };

    public static IReadOnlyCollection<string> All => InCommands.Keys;

    /// <summary>True for what may stand inside <c>${}</c> without being declared.</summary>
    public static bool Contains(string name) =>
        InCommands.ContainsKey(name)
        || (name.StartsWith("env.", StringComparison.Ordinal) && VariableName.IsVariable(name.AsSpan(4)))
        || (name.StartsWith("instance.tag.", StringComparison.Ordinal) && name.Length > 13);

    /// <summary>Names that no variable may have.</summary>
    public static bool IsReserved(string name) =>
        InCommands.ContainsKey(name) || name is "release" or "env" or "instance" || name.StartsWith("HOOKRUNNER", StringComparison.Ordinal);

    /// <summary>The variable that a command reads in place of <c>${name}</c>; null where it has none.</summary>
    public static string? InCommand(string name) =>
        name.StartsWith("env.", StringComparison.Ordinal) ? name[4..]
        : InCommands.GetValueOrDefault(name) is { Length: > 0 } variable ? variable
        : null;

    /// <summary>The name that stands in <c>${}</c> for a variable of the agent or of ours; null where none does.</summary>
    public static string? OfCommand(string variable)
    {
        // The agent's name for what HOOKRUNNER_EVENT holds, too.
        if (variable.Equals("LIFECYCLE_EVENT", StringComparison.OrdinalIgnoreCase))
        {
            return "event";
        }

        foreach (var (name, held) in InCommands)
        {
            if (variable.Length > 0 && held.Equals(variable, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The variable that holds a declared variable in a command's environment.</summary>
    public static string OfVariable(string name) => $"HOOKRUNNER_VAR_{name.ToUpperInvariant()}";
}
