using HookRunner.Core.Language;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Planning;

/// <summary>The directories of `release:` must not contain what staging or pruning would take along.</summary>
internal sealed record ReleasePlaces(ReleaseSettings Settings, string Bundle, string? State)
{
    public void Check(Fields fields)
    {
        if (Settings.Staging is { } staging)
        {
            Refuse(fields, "staging", staging, [("the link", Settings.Link), ("the bundle", Bundle), ("`state`", State), ("`releases`", Settings.Releases), ("`shared_dir`", Settings.SharedDirectory)]);
        }

        Refuse(fields, "releases", Settings.Releases, [("the link", Settings.Link), ("the bundle", Bundle), ("`state`", State), ("`staging`", Settings.Staging), ("`shared_dir`", Settings.SharedDirectory)]);
    }

    private static void Refuse(Fields fields, string key, string directory, (string What, string? Path)[] others)
    {
        foreach (var (what, path) in others)
        {
            if (path is not null && (path == directory || path.StartsWith(directory == "/" ? "/" : directory + "/", StringComparison.Ordinal)))
            {
                fields.Error(key, $"`{key}` is `{directory}`, which {(path == directory ? "is" : "contains")} {what} (`{path}`)",
                    "give it a directory of its own, such as `" + (key == "staging" ? "/opt/myapp-staging" : "/opt/myapp-releases") + "`");
            }
        }
    }
}
