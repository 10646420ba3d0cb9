using HookRunner.SystemTests.Releases;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>
/// `copy` and `move` killed at calls that change something: nothing is lost or half, and the next run ends it.
/// HOOKRUNNER_TESTS_WHOLE=1 takes every one of them.
/// </summary>
public class TransferCrashSpecs
{
    private static readonly int Stride =
        Environment.GetEnvironmentVariable("HOOKRUNNER_TESTS_WHOLE") == "1" ? 1 : HookRunnerExecutable.IsNative ? 3 : 17;

    private static readonly string[] Names = ["a", "sub/b", "sub/deep/c", "fresh/d"];

    [SkippableTheory]
    [InlineData("copy", null)]
    [InlineData("copy", "keep: true")]
    [InlineData("move", null)]
    [InlineData("move", "owner: nobody")]
    [InlineData("move", "exclude: z")]
    public void Killed_anywhere_the_next_run_ends_it(string verb, string? further)
    {
        Skip.If(further is "owner: nobody" && !Environment.IsPrivilegedProcess, "needs root, to give files away");
        Try(verb, further, null);
    }

    [SkippableFact]
    public void The_same_holds_across_file_systems() => Try("move", null, "/site/in");

    private static void Try(string verb, string? further, string? otherFileSystem)
    {
        using var site = Prepared(verb, further);
        site.Save();
        var kills = 0;
        for (var call = 1; ; call += Stride)
        {
            var status = site.Run("AfterInstall", "d-1", new Tracer { KillAt = call, OtherFileSystem = otherFileSystem });
            var why = $"call {call}: {site.Calls.LastOrDefault()}\n{site.Output}";
            Nothing_is_lost(site, why);
            if (status != Site.Killed)
            {
                status.Should().Be(0, why);
                All_is_done(site, verb, why);
                break;
            }

            kills++;
            site.Run("AfterInstall", "d-1", new Tracer { OtherFileSystem = otherFileSystem }).Should().Be(0, $"{why}\n{site.Output}");
            All_is_done(site, verb, $"{why}\nthen: {site.Output}");
            site.Restore();
        }

        kills.Should().BeGreaterThan(2);
    }

    private static Site Prepared(string verb, string? further)
    {
        var step = "{ " + $"{verb}: {{ from: %/site/in, to: %/site/out, backup: true{(further is null ? "" : $", {further}")} }}" + " }";
        var site = new Site(place: Path.GetTempPath());
        site.Settings("", $"  AfterInstall: [{step.Replace("%", site.Root, StringComparison.Ordinal)}]");
        foreach (var name in Names)
        {
            Write(site, $"site/in/{name}", "new");
        }

        Write(site, "site/out/a", "old");
        Write(site, "site/out/sub/b", "old");
        Write(site, "site/out/mine", "mine");
        return site;
    }

    private static void Write(Site site, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(site.At(name))!);
        File.WriteAllText(site.At(name), text);
    }

    private static void Nothing_is_lost(Site site, string why)
    {
        foreach (var name in Names)
        {
            new[] { Text(site, $"site/in/{name}"), Text(site, $"site/out/{name}") }.Should().Contain("new", $"{name}: {why}");
            Text(site, $"site/out/{name}").Should().BeOneOf(["new", "old", null], $"{name}: {why}");
        }

        new[] { Text(site, "site/out/a"), Text(site, "site/out.backup/a") }.Should().Contain("old", why);
    }

    private static void All_is_done(Site site, string verb, string why)
    {
        Names.Select(name => Text(site, $"site/out/{name}")).Should().OnlyContain(text => text == "new", why);
        Text(site, "site/out/mine").Should().Be("mine", why);
        Directory.Exists(site.At("site/in")).Should().Be(verb == "copy", why);
        new[] { "a", "sub/b", "mine" }.Select(name => Text(site, $"site/out.backup/{name}")).Should().Equal(["old", "old", "mine"], why);
        Directory.EnumerateFileSystemEntries(site.At("site"), "*.hookrunner-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Should().BeEmpty(why);
    }

    private static string? Text(Site site, string name) => File.Exists(site.At(name)) ? File.ReadAllText(site.At(name)) : null;
}
