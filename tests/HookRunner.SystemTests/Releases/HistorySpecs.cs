using System.Text.Json;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Releases;

/// <summary>`status`, `log` and `rollback` as a person calls them.</summary>
public sealed class HistorySpecs : IDisposable
{
    private const string Deploys = "  AfterInstall: [{ release: stage }, { run: echo staged of the day }, { release: activate }]\n";

    private readonly Site _site = new(hooks: Deploys + "  ValidateService: [{ name: Answer, run: exit 3 }]");

    public void Dispose() => _site.Dispose();

    [Fact]
    public void Status_shows_what_is_live_where_rollback_would_go_and_how_it_went()
    {
        _site.Deploy("d-1");
        _site.Deploy("d-2");
        _site.Run("ValidateService", "d-2").Should().Be(1);

        var text = Call("status").Text;

        text.Should().Contain($"{_site.At("site/app")} -> {_site.At("site/releases/d-2")}   (rollback would go to {_site.At("site/releases/d-1")})");
        text.Should().MatchRegex("ValidateService +failed +.* Answer: .*exit status 3");
    }

    [Fact]
    public void Status_is_json_for_programs()
    {
        _site.Deploy("d-1");

        using var json = JsonDocument.Parse(Call("status", "--json").Text);

        json.RootElement.GetProperty("links")[0].GetProperty("live").GetString().Should().Be(_site.At("site/releases/d-1"));
        json.RootElement.GetProperty("deployments")[0].GetProperty("events").EnumerateArray().Select(item => item.GetProperty("event").GetString())
            .Should().Equal("BeforeInstall", "AfterInstall");
    }

    [Fact]
    public void Status_shows_an_event_that_was_refused_before_its_first_step()
    {
        _site.Deploy("d-1");
        File.CreateSymbolicLink(_site.At("site/staging"), "elsewhere");

        _site.Run("BeforeInstall", "d-2").Should().Be(3, _site.Output);

        Call("status").Text.Should().MatchRegex("BeforeInstall +failed +.*is a link to elsewhere");
        File.ReadAllText(Directory.EnumerateFiles(_site.At("state"), "hookrunner*.jsonl", SearchOption.AllDirectories).Single())
            .Should().Contain("Event refused before its first step");
    }

    [Fact]
    public void Log_shows_the_whole_output_of_the_event_that_failed_or_of_the_one_that_is_named()
    {
        _site.Deploy("d-1");
        _site.Run("ValidateService", "d-1").Should().Be(1);

        Call("log").Text.Should().StartWith("ValidateService of d-1").And.Contain("== 1 Answer: failed");
        Call("log", "d-1", "AfterInstall").Text.Should().Contain("staged of the day\n");
        Call("log", "d-1", "AfterInstal").Should().Match<Command.Result>(result => result.Status == 2 && result.Text.Contains("did you mean `AfterInstall`?"));
    }

    [Fact]
    public void Rollback_goes_one_activation_back_each_time_over_what_is_bad()
    {
        foreach (var deployment in new[] { "d-1", "d-2", "d-3" })
        {
            _site.Deploy(deployment);
        }

        Call("rollback").Status.Should().Be(0);
        _site.LiveRevision().Should().Be("d-2");
        Call("rollback").Text.Should().Contain($"{_site.At("site/releases/d-2")} is marked bad");
        _site.LiveRevision().Should().Be("d-1");
        Call("rollback").Should().Match<Command.Result>(result => result.Status == 1 && result.Text.Contains("neither bad nor gone"));
    }

    [Fact]
    public void Rollback_to_a_deployment_goes_there_though_it_was_bad()
    {
        _site.Deploy("d-1");
        _site.Deploy("d-2");
        Call("rollback");

        Call("rollback", "--to", "d-2").Status.Should().Be(0);

        _site.LiveRevision().Should().Be("d-2");
        Call("rollback", "--to", "d-7").Text.Should().Contain("no release of deployment `d-7` is recorded here");
    }

    [Fact]
    public void After_a_rollback_the_steps_of_rollback_run_for_the_release_that_is_live_again()
    {
        _site.Settings("", $"{Deploys}rollback: [{{ run: \"echo $DEPLOYMENT_ID $HOOKRUNNER_RELEASE_DIR > {_site.At("said")}\" }}]");
        _site.Deploy("d-1");
        _site.Deploy("d-2");

        Call("rollback").Should().Match<Command.Result>(result => result.Status == 0);

        File.ReadAllText(_site.At("said")).Should().Be($"d-1 {_site.At("site/releases/d-1")}\n");
    }

    [Fact]
    public void A_plan_on_a_host_names_what_is_live_and_the_release_that_was_chosen_there()
    {
        _site.Settings("", "  AfterInstall: [{ release: stage }, { exec: [ls, \"${release.dir}\"] }]");
        _site.Run("BeforeInstall", "d-1").Should().Be(0, _site.Output);
        Directory.CreateSymbolicLink(_site.At("site/app"), _site.At("site/releases/d-0"));

        var text = Call("plan", "AfterInstall", "--bundle", _site.At("bundle"), "--application", "shop", "--group", "Staging-APP", "--deployment", "d-1").Text;

        text.Should().Contain($"on this host now: {_site.At("site/app")} -> {_site.At("site/releases/d-0")}\n");
        text.Should().Contain($"on this host now: this deployment's release is {_site.At("site/releases/d-1")}\n");
        text.Should().Contain($"start ls {_site.At("site/releases/d-1")}\n");
    }

    [Fact]
    public void Where_nothing_is_recorded_that_is_said_with_what_to_do() =>
        Call("status").Should().Match<Command.Result>(result => result.Status == 3 && result.Text.Contains("--state"));

    private Command.Result Call(params string[] words) => Command.Run("/", [.. words, "--state", _site.At("state")]);
}
