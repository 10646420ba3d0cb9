namespace HookRunner.SystemTests.Simulation;

/// <summary>The bundles under appspec/ do what their comments say.</summary>
public class SampleSpecs
{
    private static readonly string[] EventsOfSample = ["BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService"];

    public SampleSpecs() => Namespaces.Require();

    [SkippableTheory]
    [InlineData("Production-JOB", "production (job)", " s  wait_for file /var/lib/sample/heartbeat")]
    [InlineData("Staging-APP", "staging (web)", " s  http http://127.0.0.1:8080/health (200")]
    public void The_sample_is_deployed_to_a_host_that_has_had_nothing(string group, string environment, string check)
    {
        var result = Simulate("sample", group);

        result.Exit.Should().Be(0, result.Output);
        result.StatusOf("ApplicationStop").Should().Be("Skipped");
        EventsOfSample.Should().OnlyContain(name => result.StatusOf(name) == "Succeeded");
        result.Output.Should().Contain($"environment {environment}").And.Contain(check).And.EndWith("not checked: 0\n");
    }

    [SkippableTheory]
    [InlineData("Production-APP", "serve")]
    [InlineData("Staging-JOB", "work")]
    public void The_sample_follows_itself_and_stops_what_its_predecessor_started(string group, string program)
    {
        var result = Simulate("sample", group, "--from", BundleOf("sample"));

        result.Exit.Should().Be(0, result.Output);
        result.StatusOf("ApplicationStop").Should().Be("Succeeded");
        EventsOfSample.Should().OnlyContain(name => result.StatusOf(name) == "Succeeded");
        result.Output.Should().MatchRegex($@"stop_process /run/sample-{program}\.pid \(stopped pid [0-9]+.*; removed /run/sample-{program}\.pid\)")
            .And.MatchRegex(@"background \./" + program + @" \(runs as pid [0-9]+\)").And.EndWith("not checked: 0\n");
    }

    [SkippableTheory]
    [InlineData("Production-DB")]
    [InlineData("Staging-DB")]
    [InlineData("production-APP")]
    public void A_group_that_the_sample_does_not_know_fails_before_anything_is_done(string group)
    {
        var result = Simulate("sample", group);

        result.Exit.Should().Be(1);
        result.StatusOf("BeforeInstall").Should().Be("Failed");
        result.Output.Should().Contain($"`{group}`").And.Contain("nothing was changed").And.Contain("not run: Install");
    }

    [SkippableFact]
    public void The_sample_needs_no_root()
    {
        Namespaces.RequireForNobody();
        using var copy = new ScriptBundle();
        Copy(BundleOf("sample"), copy.Path);

        var result = (new SimulateCall(copy.Path, "Production-APP") { AsNobody = true }).Run();

        result.Exit.Should().Be(0, result.Output + result.Errors);
        result.Output.Should().EndWith("not checked: 0\n");
    }

    [SkippableFact]
    public void The_smallest_bundle_takes_any_group()
    {
        var result = Simulate("smallest", "Anything");

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    this is Anything\n");
    }

    [SkippableFact]
    public void An_executable_that_a_bundle_lacks_is_replaced_by_the_running_one_and_that_is_said()
    {
        var result = Simulate("smallest", "Anything");

        result.Output.Should().Contain("note: the bundle has no `hookrunner`: the running executable is put in its place");
        File.Exists(Path.Join(BundleOf("smallest"), "hookrunner")).Should().BeFalse();
    }

    private static SimulateResult Simulate(string bundle, string group, params string[] options) =>
        (new SimulateCall(BundleOf(bundle), group) { Options = [.. options] }).Run();

    private static string BundleOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder.FullName, "HookRunner.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
        }

        return Path.Join(folder.FullName, "appspec", name);
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Join(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }
    }
}
