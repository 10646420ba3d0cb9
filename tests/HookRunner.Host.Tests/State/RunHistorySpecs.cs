using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Tests.State;

public sealed class RunHistorySpecs : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Journal _journal;

    public RunHistorySpecs() => _journal = Journal.Open(_directory["journal.jsonl"]);

    public void Dispose()
    {
        _journal.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_start_without_an_end_is_a_run_that_was_killed()
    {
        Add(Started("d-1", "BeforeInstall"), Ended("d-1", "BeforeInstall"), Started("d-1", "AfterInstall"));

        RunHistory.AtStart(_journal, "d-2").Killed!.Event.Should().Be("AfterInstall");
    }

    [Fact]
    public void The_end_of_the_run_before_is_known_with_what_did_not_run()
    {
        Add(Started("d-1", "AfterInstall"), Ended("d-1", "AfterInstall") with { NotRun = ["always"] });

        var facts = RunHistory.AtStart(_journal, "d-2");

        (facts.Killed, facts.LastEnd!.NotRun.Single()).Should().Be((null, "always"));
    }

    [Fact]
    public void What_a_deployment_met_first_holds_whatever_others_did_between_its_events()
    {
        Add(
            new DeploymentSeen("", null) { Deployment = "d-1" },
            new DeploymentSeen("/opt/app", "/r/d-0") { Deployment = "d-1" },
            new ReleaseChosen("/r/d-1") { Deployment = "d-1" },
            new DeploymentSeen("", null) { Deployment = "d-2" },
            new ReleaseChosen("/r/d-2") { Deployment = "d-2" },
            new ReleaseActivated("/opt/app", "/r/d-1", "/r/d-0") { Deployment = "d-1" },
            new ReleaseActivated("/opt/app", "/r/d-1", "/r/d-9") { Deployment = "d-1" });

        var facts = RunHistory.AtStart(_journal, "d-1");

        (facts.IsKnown, facts.Chosen, facts.Held["/opt/app"], facts.FirstActivation!.Held).Should().Be((true, "/r/d-1", "/r/d-0", "/r/d-0"));
        RunHistory.AtStart(_journal, "d-3").IsKnown.Should().BeFalse();
    }

    [Fact]
    public void A_name_that_came_back_counts_from_where_it_was_last_seen_first()
    {
        Add(
            new DeploymentSeen("", null) { Deployment = "local-1" },
            new ReleaseChosen("/r/local-1") { Deployment = "local-1" },
            new ReleaseStaged("/r/local-1", "/s") { Deployment = "local-1" },
            new DeploymentSeen("", null) { Deployment = "local-1" },
            new ReleaseChosen("/r/local-1.2") { Deployment = "local-1" });

        var facts = RunHistory.AtStart(_journal, "local-1");

        (facts.Chosen, facts.IsStaged).Should().Be(("/r/local-1.2", false));
    }

    [Fact]
    public void Deployments_come_newest_first_with_their_events_in_order_and_each_with_its_steps()
    {
        Add(
            Started("d-1", "BeforeInstall"), Step("d-1", 1), Ended("d-1", "BeforeInstall"),
            Started("d-2", "BeforeInstall"), Step("d-2", 1), Step("d-2", 2), Ended("d-2", "BeforeInstall"),
            Started("d-1", "AfterInstall"), Step("d-1", 7));

        var deployments = RunHistory.Deployments(_journal.NewestFirst(), 10);

        deployments.Select(item => item.Id).Should().Equal("d-1", "d-2");
        deployments[0].Events.Select(item => (item.Event, item.Ended?.Result, item.Steps.Single().Number)).Should()
            .Equal(("BeforeInstall", "ok", 1), ("AfterInstall", null, 7));
        deployments[1].Events.Single().Steps.Select(step => step.Number).Should().Equal(1, 2);
        RunHistory.Deployments(_journal.NewestFirst(), 1).Select(item => item.Id).Should().Equal("d-1");
    }

    private void Add(params JournalRecord[] records) => records.ToList().ForEach(record => _journal.Append(record).Should().BeNull());

    private static EventStarted Started(string deployment, string name) => new()
    {
        Deployment = deployment,
        Event = name,
        Application = "shop",
        Group = "A",
        ProcessId = 1,
        BootId = "b",
    };

    private static EventEnded Ended(string deployment, string name) => new() { Deployment = deployment, Event = name, Result = "ok", Exit = 0 };

    private static StepEnded Step(string deployment, int number) => new()
    {
        Deployment = deployment,
        Event = "E",
        List = "steps",
        Number = number,
        Name = "x",
        Result = "ok",
    };
}
