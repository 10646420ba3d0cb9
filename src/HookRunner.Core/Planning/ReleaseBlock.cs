using HookRunner.Core.Steps;

namespace HookRunner.Core.Planning;

/// <summary>The keys of `release:`.</summary>
internal static class ReleaseBlock
{
    private static readonly KindKey LinkKey = new("link", ValueShape.Path, "the link that names the live release", Required: true);

    public static KeyTable Table { get; } = new(
        "release",
        [
            LinkKey,
            new("staging", ValueShape.Path, "the directory that Install fills, which `release: stage` renames"),
            new("source", ValueShape.Path, "a directory of the bundle that `release: stage` copies instead"),
            new("releases", ValueShape.Path, "where releases are kept", "the link + `-releases`"),
            new("keep", ValueShape.Count, "releases kept, the live one counted", "5"),
            new("keep_free", ValueShape.Text, "space that must stay free, such as `2G`: older releases go first"),
            new("shared", ValueShape.TextList, "paths that all releases share"),
            new("shared_dir", ValueShape.Path, "where shared paths are kept", "the link + `-shared`"),
            new("owner", ValueShape.Owner, "owner of a staged release's whole tree", "as Install or the bundle left it"),
            new("mode", ValueShape.Mode, "mode of a release's top directory"),
            new("adopt", ValueShape.Flag, "a real directory at the link is kept as release `base`", "false"),
        ]);

    public static KeyTable Link { get; } = new("release", [LinkKey]);
}
