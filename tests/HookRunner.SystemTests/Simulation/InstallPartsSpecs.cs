using CsCheck;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Simulation.Install;

namespace HookRunner.SystemTests.Simulation;

/// <summary>The parts of Install that need no sandbox.</summary>
public class InstallPartsSpecs
{
    [Theory]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", ".txt", true)]
    [InlineData("a*c*", "abcd", true)]
    [InlineData("a?c", "abc", false)]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    public void A_glob_knows_the_star_alone(string pattern, string name, bool matches) =>
        PermissionMatch.MatchesGlob(name, pattern).Should().Be(matches);

    [Fact]
    public void A_glob_made_of_a_name_matches_that_name() => Gen
        .Select(Gen.String[Gen.Char['a', 'c'], 0, 8], Gen.Int[0, 8])
        .Sample((name, at) => PermissionMatch.MatchesGlob(name, name.Insert(Math.Min(at, name.Length), "*")));

    [Fact]
    public void Missing_parents_come_before_what_lies_in_them()
    {
        var plan = new InstallPlan("DISALLOW");

        plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "hostname", "/nowhere/a/b"), "/etc");

        plan.Steps.Should().Equal(
            new InstallStep.MakeDirectory("/nowhere"),
            new InstallStep.MakeDirectory("/nowhere/a"),
            new InstallStep.MakeDirectory("/nowhere/a/b"),
            new InstallStep.Copy("/etc/hostname", "/nowhere/a/b/hostname"));
    }

    [Fact]
    public void Two_sources_for_one_destination_are_refused_in_the_agents_words()
    {
        var plan = new InstallPlan("DISALLOW");
        plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "hostname", "/nowhere"), "/etc");

        var again = () => plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "/hostname", "/nowhere/"), "/etc");

        again.Should().Throw<InstallException>().WithMessage("*specifies two source files named /etc/hostname and /etc/hostname for the same destination (/nowhere/hostname)*");
    }

    [Theory]
    [InlineData("**", "", "/nowhere/a/passwd|/nowhere/hostname|/nowhere/a")]
    [InlineData("*", "", "/nowhere/hostname|/nowhere/a")]
    [InlineData("h*", "", "/nowhere/hostname")]
    [InlineData("**", "a*", "/nowhere/a/passwd|/nowhere/hostname")]
    public void Permissions_mean_what_was_installed_below_their_object(string pattern, string except, string paths)
    {
        var plan = new InstallPlan("DISALLOW");
        plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "passwd", "/nowhere/a"), "/etc");
        plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "hostname", "/nowhere"), "/etc");

        var matches = PermissionMatch.Of(Permission("/nowhere", pattern, except), plan);

        string.Join('|', matches).Should().Be(paths);
    }

    [Fact]
    public void A_pattern_for_one_file_is_refused()
    {
        var plan = new InstallPlan("DISALLOW");
        plan.AddFiles(new AppSpecFile(SourceLocation.Nowhere, "hostname", "/nowhere"), "/etc");

        var match = () => PermissionMatch.Of(Permission("/nowhere/hostname", "h*", ""), plan);

        match.Should().Throw<InstallException>().WithMessage("*an object (/nowhere/hostname) with an invalid pattern (h*)*");
    }

    [Fact]
    public void A_cleanup_file_is_undone_backwards_and_spares_what_others_put_there()
    {
        var root = Directory.CreateTempSubdirectory("hookrunner-cleanup-").FullName;
        var (kept, empty) = (Directory.CreateDirectory(Path.Join(root, "kept")).FullName, Directory.CreateDirectory(Path.Join(root, "empty")).FullName);
        File.WriteAllText(Path.Join(empty, "a"), "");
        File.WriteAllText(Path.Join(kept, "foreign"), "");
        File.CreateSymbolicLink(Path.Join(root, "dangling"), "nowhere");
        var list = Path.Join(root, "cleanup");
        File.WriteAllText(list, $"{kept}\n{empty}\n{empty}/a\n{root}/dangling\n{root}/gone\n{kept}/foreign-unfinished");

        CleanupFile.Undo(list);

        Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Should().BeEquivalentTo([kept, Path.Join(kept, "foreign")]);
        Directory.Delete(root, recursive: true);
    }

    private static AppSpecPermission Permission(string path, string pattern, string except) =>
        new(SourceLocation.Nowhere, path, pattern, except.Length == 0 ? [] : [except], [], Owner: null, Group: null, Mode: "640");
}
