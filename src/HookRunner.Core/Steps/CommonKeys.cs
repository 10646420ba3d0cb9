using System.Collections.Immutable;

namespace HookRunner.Core.Steps;

/// <summary>The keys that a step may have beside its kind's word (LANGUAGE section 4).</summary>
internal static class CommonKeys
{
    /// <summary>Of `limits`.</summary>
    public static ImmutableArray<KindKey> Limits { get; } = [new("nofile", ValueShape.Count, "the limit of open files")];

    /// <summary>For every kind; a kind that bounds itself takes no `timeout`.</summary>
    public static ImmutableArray<KindKey> Policy { get; } =
    [
        new("name", ValueShape.Text, "shown everywhere", "the kind and its main value"),
        new("only", ValueShape.Mapping, "`environment`, `role`, `group`, `event`: the step is in the plan only where all of them match")
        {
            Remedy = "for example `{ environment: production }`",
        },
        new("except", ValueShape.Mapping, "the same keys: the step is left out where all of them match; wins over `only`")
        {
            Remedy = "for example `{ role: job }`",
        },
        new("when", ValueShape.Any, "conditions tested when the step starts: all must hold"),
        new("unless", ValueShape.Any, "conditions tested when the step starts: any skips it"),
        new("timeout", ValueShape.Duration, "of one attempt; without one only the event's end bounds it"),
        new("retry", ValueShape.Any, "attempts in all, or a mapping"),
        new("allow_failure", ValueShape.Flag, "a failure is only a warning", "false"),
    ];

    /// <summary>For kinds that start a program.</summary>
    public static ImmutableArray<KindKey> Program { get; } =
    [
        new("env", ValueShape.Mapping, "environment variables, laid over those of file, environment and role") { Remedy = "for example `{ NODE_ENV: production }`" },
        new("env_file", ValueShape.Any, "dotenv files; an entry may be `{path, optional, secret}`"),
        new("path", ValueShape.PathList, "directories put before PATH"),
        new("cwd", ValueShape.Path, "the working directory", "the bundle"),
        new("user", ValueShape.Text, "the user it runs as", "hookrunner's own"),
        new("umask", ValueShape.Mode, "the umask", "022"),
        new("limits", ValueShape.Mapping, "`nofile`: the limit of open files") { Keys = Limits },
        new("source", ValueShape.PathList, "shell files sourced first"),
        new("login", ValueShape.Flag, "runs it in a login shell", "false"),
        new("shell", ValueShape.Text, "`bash` or `sh`, for text under `run:`", "bash"),
        new("capture", ValueShape.Text, "on `run` and `exec`: the variable that takes its stdout"),
        new("secret", ValueShape.Flag, "masks what is captured", "false"),
        new("inherit_env", ValueShape.Any, "names or globs taken from hookrunner's own environment, or `true`"),
    ];

    /// <summary>What of it holds for the helper of a kind that starts no program of the user's: the AWS CLI.</summary>
    public static ImmutableArray<string> OfHelper { get; } = ["env", "env_file", "path", "inherit_env"];

    /// <summary>On `use` and `steps` these hold for the whole list, tested once; the other keys are defaults of its steps.</summary>
    public static ImmutableArray<string> OfWholeList { get; } = ["name", "only", "except", "when", "unless", "allow_failure", "timeout", "retry", "capture", "secret"];

    /// <summary>What only a step itself can say: no default of it makes sense.</summary>
    public static ImmutableArray<string> OfStepAlone { get; } = ["name", "only", "except", "capture", "secret"];

    public static ImmutableArray<string> Names { get; } = [.. Policy.Concat(Program).Select(key => key.Name)];
}
