namespace HookRunner.SystemTests.Releases;

/// <summary>Two deployment groups on one host, whose agent starts their events as they come (lesson 4).</summary>
public sealed class OwnershipSpecs : IDisposable
{
    private const string Quick = "lock_wait: 1s\n";

    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public void While_one_groups_deployment_is_under_way_another_waits_and_then_gives_up_with_nothing_done()
    {
        File.AppendAllText(_site.At("bundle/hookrunner.yml"), Quick);
        _site.Run("BeforeInstall", "d-1").Should().Be(0, _site.Output);

        var status = _site.Run("BeforeInstall", "d-2", group: "Other");

        status.Should().Be(5, _site.Output);
        _site.Output.Should().Contain("waiting: ").And.Contain("deployment d-1 (BeforeInstall) of shop/Staging-APP");
        _site.Output.Should().Contain("nothing was done");
    }

    [Theory]
    [InlineData("its last event has ended", "ValidateService: [{ exec: [/bin/true] }]", 0)]
    [InlineData("its last event had no steps", "ApplicationStart: []", 0)]
    [InlineData("one of its events failed", "ValidateService: [{ exec: [/bin/false] }]", 1)]
    public void Afterwards_the_other_goes_on_with_a_warning_that_names_it(string why, string hook, int last)
    {
        _site.Settings("", $"  AfterInstall: [{{ release: stage }}, {{ release: activate }}]\n  {hook}");
        File.AppendAllText(_site.At("bundle/hookrunner.yml"), Quick);
        _site.Deploy("d-1");
        _site.Run("ValidateService", "d-1").Should().Be(last, _site.Output);

        _site.Run("BeforeInstall", "d-2", group: "Other").Should().Be(0, $"{why}\n{_site.Output}");

        _site.Output.Should().Contain("shop/Staging-APP deploys to the same link");
    }

    [Fact]
    public void A_run_that_was_killed_holds_nobody_up()
    {
        File.AppendAllText(_site.At("bundle/hookrunner.yml"), Quick);
        _site.Run("BeforeInstall", "d-1").Should().Be(0, _site.Output);
        _site.Install("d-1");
        _site.Run("AfterInstall", "d-1", new Tracer { KillAt = 30 }).Should().Be(Site.Killed);

        _site.Run("BeforeInstall", "d-2", group: "Other").Should().Be(0, _site.Output);

        _site.Output.Should().Contain("AfterInstall of deployment d-1 was killed");
    }

    [Fact]
    public void A_link_step_without_a_release_block_is_over_with_its_deployment_too()
    {
        Directory.CreateDirectory(_site.At("site/code"));
        File.WriteAllText(_site.At("bundle/hookrunner.yml"),
            $"version: 1\nstate: {_site.At("state")}\n{Quick}hooks:\n"
            + $"  AfterInstall: [{{ link: {{ path: {_site.At("site/app")}, to: {_site.At("site/code")} }} }}]\n  ValidateService: [{{ exec: [/bin/true] }}]\n");
        _site.Run("AfterInstall", "d-1").Should().Be(0, _site.Output);
        _site.Run("AfterInstall", "d-2", group: "Other").Should().Be(5, _site.Output);
        _site.Run("ValidateService", "d-1").Should().Be(0, _site.Output);

        _site.Run("AfterInstall", "d-2", group: "Other").Should().Be(0, _site.Output);
    }

    [Fact]
    public void Shared_host_refuse_refuses_at_once()
    {
        File.AppendAllText(_site.At("bundle/hookrunner.yml"), "shared_host: refuse\n");
        _site.Deploy("d-1");
        _site.Run("ValidateService", "d-1");

        _site.Run("BeforeInstall", "d-2", group: "Other").Should().Be(5, _site.Output);

        _site.Output.Should().Contain("belongs to shop/Staging-APP (`shared_host: refuse`)");
    }

    [Fact]
    public void A_deployment_of_another_boot_is_only_warned_of()
    {
        File.AppendAllText(_site.At("bundle/hookrunner.yml"), Quick);
        _site.Run("BeforeInstall", "d-1").Should().Be(0, _site.Output);
        foreach (var file in Directory.GetFiles(_site.At("state/.locks")))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), "another", StringComparison.Ordinal));
        }

        _site.Run("BeforeInstall", "d-2", group: "Other").Should().Be(0, _site.Output);
    }
}
