using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Language;

/// <summary>The keys of everything that is no step (LANGUAGE section 3).</summary>
internal static class LanguageKeys
{
    private static readonly ImmutableArray<KindKey> Layer =
    [
        new("vars", ValueShape.Mapping, "variables: `NAME: value`"),
        new("env", ValueShape.Mapping, "environment variables of every command"),
        new("env_file", ValueShape.Any, "dotenv files; an entry may be `{path, optional, secret}`"),
        new("path", ValueShape.PathList, "directories put before PATH"),
        new("inherit_env", ValueShape.Any, "names or globs taken from hookrunner's own environment, or `true`"),
        new("defaults", ValueShape.Mapping, "common step keys for every step"),
    ];

    private static readonly ImmutableArray<KindKey> Ends =
    [
        new("on_failure", ValueShape.Steps, "steps after a failure; stops at its own first failure"),
        new("always", ValueShape.Steps, "steps at the end, whatever happened"),
    ];

    private static readonly KindKey Hooks = new("hooks", ValueShape.Mapping, "the steps of each lifecycle event");

    private static readonly ImmutableArray<KindKey> Choice =
    [
        new("groups", ValueShape.TextOrList, "deployment groups: names, globs, or a regex between slashes"),
        new("default", ValueShape.Flag, "taken when no other matches", "false"),
    ];

    public static KeyTable Environment { get; } = new("environments", [.. Choice, .. Layer, Hooks, .. Ends])
    {
        AllowsExtensions = true,
    };

    public static KeyTable Role { get; } = new("roles", [.. Choice, .. Layer, .. Ends])
    {
        AllowsExtensions = true,
    };

    public static KeyTable Event { get; } = new("hooks",
    [
        new("steps", ValueShape.Steps, "the event's steps", Required: true),
        .. Ends,
        new("timeout", ValueShape.Duration, "of the whole event"),
        new("reserve", ValueShape.Duration, "time kept for `on_failure` and `always`"),
    ])
    {
        AllowsExtensions = true,
    };

    public static KeyTable Selector { get; } = new("only",
    [
        new("environment", ValueShape.TextOrList, "names of environments"),
        new("role", ValueShape.TextOrList, "names of roles"),
        new("group", ValueShape.TextOrList, "deployment groups, as under `groups`"),
        new("event", ValueShape.TextOrList, "lifecycle events, or `rollback`"),
    ]);

    public static KeyTable Release { get; } = new("release",
    [
        new("link", ValueShape.Path, "the link that names the live release", Required: true),
        new("staging", ValueShape.Path, "the directory that Install fills, which `stage` renames"),
        new("source", ValueShape.Path, "a directory of the bundle that `stage` copies instead"),
        new("releases", ValueShape.Path, "where releases are kept", "the link + `-releases`"),
        new("keep", ValueShape.Count, "releases kept, the live one counted", "5"),
        new("keep_free", ValueShape.Text, "space that must stay free, such as `2GiB`; older releases go first"),
        new("shared", ValueShape.TextOrList, "paths inside a release that all releases share"),
        new("shared_dir", ValueShape.Path, "where shared paths are kept", "the link + `-shared`"),
        new("owner", ValueShape.Owner, "given to the whole tree of a release"),
        new("mode", ValueShape.Mode, "of the release's top directory"),
        new("adopt", ValueShape.Flag, "a real directory at the link is kept as a release", "false"),
    ])
    {
        AllowsExtensions = true,
    };

    public static KeyTable File { get; } = new("hookrunner.yml",
    [
        new("version", ValueShape.Count, "the language's version: 1", Required: true),
        new("application", ValueShape.Text, "names the state on the host", "the agent's application name"),
        new("appspec", ValueShape.Path, "the appspec file, relative to the bundle", "`appspec*.y*ml` at the bundle's root"),
        new("environments", ValueShape.Mapping, "what differs between deployment groups; exactly one matches"),
        new("roles", ValueShape.Mapping, "what a host is for; any number may match"),
        .. Layer,
        new("mask", ValueShape.TextOrList, "names or globs of variables whose values are never shown"),
        new("release", ValueShape.Mapping, "where releases live and how they are switched") { Keys = Release.Keys },
        new("steps", ValueShape.Mapping, "named lists of steps for `use`"),
        Hooks,
        .. Ends,
        new("rollback", ValueShape.Steps, "steps after `hookrunner rollback`"),
        new("state", ValueShape.Path, "a directory for journal, locks and logs", "/var/lib/hookrunner and /var/log/hookrunner"),
        new("lock_wait", ValueShape.Duration, "the longest wait for another run", "5m"),
        new("reserve", ValueShape.Duration, "time kept for `on_failure` and `always`", "a fifth of the event's time, at most 5m"),
        new("shared_host", ValueShape.Text, "another deployment group on the same link", "warn") { Words = ["refuse", "warn", "allow"] },
        new("deploy", ValueShape.Mapping, "settings of `hookrunner deploy`"),
    ])
    {
        AllowsExtensions = true,
    };
}
