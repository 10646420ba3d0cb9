using System.Collections.Immutable;

namespace HookRunner.SystemTests.Releases;

/// <summary>One event that is cut off, or meets an error, at each of its calls.</summary>
/// <param name="Name">What happens in it.</param>
/// <param name="Prepare">Brings a new site to the moment before the event.</param>
/// <param name="Event">The event.</param>
/// <param name="Deployment">Whose event it is.</param>
/// <param name="Before">The live revision before; null: none.</param>
/// <param name="After">The live revision after it.</param>
internal sealed record Scenario(string Name, Func<Site> Prepare, string Event, string Deployment, string? Before, string After)
{
    private const string Deploys = "  AfterInstall: [{ release: stage }, { release: activate }]\n";

    /// <summary>As every rename from a path with this in it would be refused across file systems.</summary>
    public string? OtherFileSystem { get; init; }

    /// <summary>Files are given to root in it.</summary>
    public bool NeedsRoot { get; init; }

    public static ImmutableArray<Scenario> All { get; } =
    [
        new("the first release", () => Installed(new Site(), "d-1"), "AfterInstall", "d-1", null, "d-1"),
        new("a later release with pruning", () => Installed(new Site("  keep: 1"), "d-3", "d-1", "d-2"), "AfterInstall", "d-3", "d-2", "d-3"),
        new("shared paths, owner and mode", Shared, "AfterInstall", "d-2", "d-1", "d-2") { NeedsRoot = true },
        new("a directory that is adopted", Adopted, "AfterInstall", "d-1", "base", "d-1"),
        new("the seed's form", Seed, "BeforeInstall", "d-1", "base", "base"),
        new("what an earlier deployment left", () => Installed(new Site(), "d-2", "d-1"), "BeforeInstall", "d-3", "d-1", "d-1"),
        new("another file system", () => Installed(new Site(), "d-2", "d-1"), "AfterInstall", "d-2", "d-1", "d-2") { OtherFileSystem = "/site/staging" },
        new("a directory of the bundle", Bundled, "AfterInstall", "d-2", "d-1", "d-2"),
        new("rollback", RolledBack, "ValidateService", "d-2", "d-2", "d-1"),
    ];

    public override string ToString() => Name;

    private static Site Installed(Site site, string deployment, params string[] before)
    {
        before.ToList().ForEach(site.Deploy);
        site.Run("BeforeInstall", deployment).Should().Be(0, site.Output);
        site.Install(deployment);
        return site;
    }

    private static Site Shared()
    {
        var site = Installed(new Site(), "d-2", "d-1");
        site.Settings("  shared: [log, public/uploads, config/database.yml]\n  owner: root\n  mode: 0750");
        return site;
    }

    private static Site Adopted()
    {
        var site = new Site("  adopt: true");
        site.Fill("site/app", "base");
        return Installed(site, "d-1");
    }

    private static Site Seed()
    {
        var site = new Site();
        site.Fill("site/staging", "base");
        File.CreateSymbolicLink(site.At("site/app"), site.At("site/staging"));
        return site;
    }

    private static Site Bundled()
    {
        var site = new Site("  source: app");
        site.Fill("bundle/app", "d-1");
        site.Run("BeforeInstall", "d-1").Should().Be(0, site.Output);
        site.Run("AfterInstall", "d-1").Should().Be(0, site.Output);
        site.Fill("bundle/app", "d-2");
        return site;
    }

    private static Site RolledBack()
    {
        var site = new Site(hooks: Deploys + "  ValidateService: { steps: [{ exec: [/bin/false] }], on_failure: [{ release: rollback }] }");
        site.Deploy("d-1");
        site.Deploy("d-2");
        return site;
    }
}
