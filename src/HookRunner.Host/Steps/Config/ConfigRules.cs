using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Config;

/// <summary>What a `config` step may say; each mistake is reported where it stands.</summary>
internal static class ConfigRules
{
    private const string Names = "letters, digits and `_`, not beginning with a digit or with HOOKRUNNER";

    /// <summary>Null after a reported mistake.</summary>
    public static ConfigSource? Source(StepFields fields)
    {
        var written = ConfigSource.Kinds.Where(fields.Has).ToList();
        if (written is [var kind])
        {
            var source = new ConfigSource(kind, fields.RequiredText(kind));
            return !source.Name.IsComplete || Mistake(kind, source.Name.Text) is not (var message, var remedy)
                ? source
                : Refused(fields, kind, $"`{kind}` is `{source.Name}`; {message}", remedy);
        }

        fields.Diagnostics.Error(
            fields.Location,
            written.Count == 0 ? "`config` needs one of `ssm`, `ssm_path`, `secret` and `s3`" : $"`config` has {string.Join(" and ", written)}; expected one of them",
            written.Count == 0 ? null : "make a step of each");
        return null;
    }

    /// <summary>Whether the other keys go with each other.</summary>
    public static bool Check(ConfigAction action, StepFields fields)
    {
        var kind = action.Source.Kind;
        var canBeNamed = kind is ConfigSource.ParameterPath or ConfigSource.Secret;
        var error = fields switch
        {
            _ when fields.Has("to") && fields.Has("as") => ("as", "`config` has `to` and `as`; expected a file or a variable", "make a step of each"),
            _ when fields.Has("as") && kind == ConfigSource.ParameterPath => ("as", "`as` names one variable, and `ssm_path` reads many", "their names come from `map` and `upper`"),
            _ when !canBeNamed && !fields.Has("to") && !fields.Has("as") => (kind, $"`{kind}` needs `to`, a file, or `as`, a variable", null),
            _ when !canBeNamed && fields.Has("map") => ("map", $"`map` does not go with `{kind}`, which is one value", "its variable is `as:`"),
            _ when !canBeNamed && fields.Has("upper") => ("upper", $"`upper` does not go with `{kind}`, which is one value", "its variable is `as:`"),
            _ when action.IsRaw && kind != ConfigSource.Secret => ("raw", "`raw` is for a `secret` that is JSON", null),
            _ when action.IsRaw && !fields.Has("to") && !fields.Has("as") => ("raw", "`raw` needs `to`, a file, or `as`, a variable", null),
            _ when (action.IsRaw || fields.Has("as")) && fields.Has("map") => ("map", "`map` names a variable for each key, and here the secret is one value", null),
            _ when (action.IsRaw || fields.Has("as")) && fields.Has("upper") => ("upper", "`upper` is for a variable for each key, and here the secret is one value", null),
            _ when !fields.Has("to") && fields.Has("owner") => ("owner", "`owner` belongs to a file: `to`", null),
            _ when !fields.Has("to") && fields.Has("mode") => ("mode", "`mode` belongs to a file: `to`", null),
            _ => ("", "", (string?)null),
        };
        if (error.Item1.Length > 0)
        {
            fields.Error(error.Item1, error.Item2, error.Item3);
            return false;
        }

        return AreVariables(action, fields);
    }

    private static bool AreVariables(ConfigAction action, StepFields fields)
    {
        var isSound = action.Variable is not { IsComplete: true } variable || IsVariable(fields, "as", variable);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, mapped) in action.Names.Map)
        {
            isSound &= !mapped.IsComplete || IsVariable(fields, "map", mapped);
            if (mapped.IsComplete && !seen.Add(mapped.Text))
            {
                fields.Diagnostics.Error(mapped.Location, $"`map` gives the name {mapped} twice, the second time to `{name}`");
                isSound = false;
            }
        }

        return isSound;
    }

    private static bool IsVariable(StepFields fields, string key, Template name)
    {
        if (ConfigNames.IsAllowed(name.Text))
        {
            return true;
        }

        fields.Diagnostics.Error(name.Location, $"`{key}` says `{name}`; expected the name of a variable", Names);
        return false;
    }

    private static (string Message, string? Remedy)? Mistake(string kind, string name) => kind switch
    {
        _ when name.Length == 0 || name[0] == '-' || name.Any(char.IsControl) => ("expected a name", null),
        _ when SimulatedText.IsIn(name) => null,
        ConfigSource.Object => Object(name),
        _ when name.StartsWith("arn:", StringComparison.Ordinal) && kind != ConfigSource.ParameterPath => null,
        _ when name.Contains("//", StringComparison.Ordinal) || name.Any(letter => !IsOfName(kind, letter)) =>
            ("that is no such name", $"letters, digits and {(kind == ConfigSource.Secret ? "`/_+=.@-`" : "`/_.-`")}"),
        ConfigSource.ParameterPath when name[0] != '/' => ("a path starts with `/`", null),
        ConfigSource.Parameter when name[0] != '/' && name.Contains('/', StringComparison.Ordinal) => ("a name with `/` in it starts with one", $"write `/{name}`"),
        _ => null,
    };

    private static bool IsOfName(string kind, char letter) => char.IsAsciiLetterOrDigit(letter)
        || "/_.-".Contains(letter, StringComparison.Ordinal)
        || (kind == ConfigSource.Secret ? "+=@!" : kind == ConfigSource.Parameter ? ":" : "").Contains(letter, StringComparison.Ordinal);

    private static (string Message, string? Remedy)? Object(string name)
    {
        const string scheme = "s3://";
        var parts = name.StartsWith(scheme, StringComparison.Ordinal) ? name[scheme.Length..].Split('/', 2) : [];
        return parts is [{ Length: > 0 }, { Length: > 0 } key] && !key.EndsWith('/') ? null : ("expected `s3://BUCKET/KEY`, one object", null);
    }

    private static ConfigSource? Refused(StepFields fields, string key, string message, string? remedy)
    {
        fields.Error(key, message, remedy);
        return null;
    }
}
