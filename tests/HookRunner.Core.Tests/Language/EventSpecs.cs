using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Language;

public class EventSpecs
{
    private const string Events =
        "BeforeBlockTraffic, AfterBlockTraffic, ApplicationStop, BeforeInstall, AfterInstall, ApplicationStart, ValidateService, BeforeAllowTraffic, AfterAllowTraffic";

    [Theory]
    [InlineData("AfterInstal: []", "3:3 unknown lifecycle event `AfterInstal` | did you mean `AfterInstall`?")]
    [InlineData("after_install: []", "3:3 unknown lifecycle event `after_install` | did you mean `AfterInstall`?")]
    [InlineData("AfterInstal: [{ rum: x }]", "3:3 unknown lifecycle event `AfterInstal` | did you mean `AfterInstall`?", "3:19 `rum` is no kind of step | did you mean `run`?")]
    [InlineData("Install: []", "3:3 `Install` is the agent's own event: no hook runs in it | events: " + Events)]
    [InlineData("AfterInstall:", "3:16 `AfterInstall` is nothing; expected a list of steps | no steps are written `[]`")]
    [InlineData("AfterInstall: run x", "3:17 `AfterInstall` is text; expected a list of steps | for example `[{ run: ls }]`")]
    [InlineData("AfterInstall: { run: x }", "3:17 `AfterInstall` is a mapping; expected a list of steps | put `- ` before each step")]
    [InlineData("AfterInstall: { timeout: 5m }", "3:17 `AfterInstall` needs `steps`: the event's steps")]
    [InlineData("AfterInstall: { steps: [], allways: [] }", "3:30 unknown key `allways` in `AfterInstall` | did you mean `always`?")]
    [InlineData("AfterInstall: { steps: [], timeout: 0 }", "3:39 `timeout` is 0; expected a duration above 0")]
    [InlineData("AfterInstall: { steps: [], reserve: \"${x}\" }", "3:39 `${x}` is never expanded here | write the value itself; it is needed before there is a plan")]
    [InlineData("AfterInstall: { steps: [], on_failure: x }", "3:42 `on_failure` is text; expected a list of steps | for example `[{ run: ls }]`")]
    public void An_event_is_known_and_holds_steps(string hooks, params string[] messages) =>
        Reading.Messages($"version: 1\nhooks:\n  {hooks}").Should().Equal(messages);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_event_in_which_the_agent_runs_scripts_is_known(string name) =>
        Reading.File($"version: 1\nhooks: {{ {name}: [{{ run: x }}] }}").Hooks.Should().ContainSingle();

    public static TheoryData<string> All => [.. LifecycleEvents.Names];

    [Fact]
    public void An_event_may_have_its_own_ends_and_times()
    {
        var item = Reading.File(
            """
            version: 1
            hooks:
              x-common: &common [{ run: x }]
              AfterInstall: { steps: *common, on_failure: [], always: *common, timeout: 5m, reserve: 30s }
            """).Hooks[LifecycleEvent.AfterInstall];

        item.Steps.Steps.Should().ContainSingle();
        item.OnFailure!.Steps.Should().BeEmpty();
        item.Always!.Steps.Should().ContainSingle();
        item.Timeout.Should().Be(TimeSpan.FromMinutes(5));
        item.Reserve.Should().Be(TimeSpan.FromSeconds(30));
    }
}
