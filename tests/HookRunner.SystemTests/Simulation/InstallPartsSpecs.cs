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
}
