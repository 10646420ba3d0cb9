using System.Collections.Immutable;
using CsCheck;
using HookRunner.Host.Releases;
using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Tests.Releases;

public class ReleaseOrderSpecs
{
    private static readonly Gen<JournalRecord> AnyRecord = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 6], (kind, number) => kind switch
    {
        0 => new ReleaseStaged(Name(number), "/s") { Deployment = "d" },
        1 => new ReleaseActivated("/app", Name(number), null) { Deployment = "d" },
        2 => new ReleaseMarkedBad(Name(number)) { Deployment = "d" },
        3 => new ReleasePruned(Name(number)) { Deployment = "d" },
        _ => (JournalRecord)new ReleaseAdopted("/app", Name(number)) { Deployment = "d" },
    });

    [Fact]
    public void What_failed_or_was_never_live_goes_first_then_the_oldest()
    {
        Expendable(present: [1, 2, 3, 4, 5], needed: [5],
            Staged(1), Activated(1), Staged(2), Activated(2), Bad(2), Staged(3), Staged(4), Activated(4), Staged(5))
            .Should().Equal(Name(2), Name(3), Name(1), Name(4));
    }

    [Fact]
    public void What_was_activated_again_after_it_failed_is_no_longer_bad()
    {
        Expendable(present: [1, 2], needed: [], Activated(1), Bad(1), Activated(2), Activated(1)).Should().Equal(Name(2), Name(1));
    }

    [Theory]
    [InlineData("d-ABCDEF123", true)]
    [InlineData("d-ABCDEF123.2", true)]
    [InlineData("d-abcdef123", false)]
    [InlineData("d-ABCDEF1234", false)]
    [InlineData("d-ABCDEF123.x", false)]
    [InlineData("data", false)]
    [InlineData("lost+found", false)]
    public void Only_a_deployments_name_makes_an_unknown_directory_ours(string name, bool isOurs)
    {
        var order = new ReleaseOrder { Present = ["/r/" + name], NewestFirst = [], Needed = [] };

        order.Expendable().Should().HaveCount(isOurs ? 1 : 0);
    }

    [Fact]
    public void Whatever_the_journal_says_nothing_needed_and_nothing_absent_is_expendable() =>
        Gen.Select(AnyRecord.List[0, 30], Gen.Int[0, 6].HashSet[0, 7], Gen.Int[0, 6].HashSet[0, 3]).Sample((records, present, needed) =>
        {
            var expendable = new ReleaseOrder
            {
                Present = [.. present.Select(Name)],
                NewestFirst = records,
                Needed = [.. needed.Select(Name)],
            }.Expendable();

            return expendable.All(path => present.Select(Name).Contains(path) && !needed.Select(Name).Contains(path))
                && expendable.Distinct().Count() == expendable.Length;
        });

    [Theory]
    [InlineData(4, 2, 5, 1)]
    [InlineData(4, 2, 6, 0)]
    [InlineData(0, 2, 1, 0)]
    [InlineData(3, 2, 1, 3)]
    public void As_many_go_as_are_too_many(int expendable, int needed, int keep, int excess) =>
        ReleaseOrder.Excess(expendable, needed, keep).Should().Be(excess);

    [Fact]
    public void The_way_back_leads_over_what_is_bad_or_gone_and_never_in_a_circle()
    {
        Previous(4, Activated(1), Activated(2, held: 1), Activated(3, held: 2), Activated(4, held: 3)).Should().Be(Name(3));
        Previous(4, Activated(1), Activated(2, held: 1), Activated(3, held: 2), Activated(4, held: 3), Bad(3), Pruned(2)).Should().Be(Name(1));
        Previous(1, Activated(1), Activated(2, held: 1), Bad(2), Activated(1, held: 2)).Should().BeNull();
        Previous(1, Activated(1)).Should().BeNull();
    }

    [Fact]
    public void The_way_back_to_a_directory_that_was_adopted_leads_to_where_it_is_kept() =>
        ActivationChain.Previous(
            [Activated(1) with { Held = "/app" }, new ReleaseAdopted("/app", "/r/base") { Deployment = "d" }], "/app", Name(1)).Should().Be("/r/base");

    [Fact]
    public void Whatever_the_journal_says_the_way_back_ends() =>
        Gen.Select(AnyRecord.List[0, 40], Gen.Int[0, 6]).Sample((records, live) =>
            ActivationChain.Previous(records, "/app", Name(live)) is var previous && (previous is null || (previous != Name(live) && !ActivationChain.Unusable(records).Contains(previous))));

    private static ImmutableArray<string> Expendable(int[] present, int[] needed, params JournalRecord[] oldestFirst) => new ReleaseOrder
    {
        Present = [.. present.Select(Name)],
        NewestFirst = [.. oldestFirst.Reverse()],
        Needed = [.. needed.Select(Name)],
    }.Expendable();

    private static string? Previous(int live, params JournalRecord[] oldestFirst) => ActivationChain.Previous([.. oldestFirst.Reverse()], "/app", Name(live));

    private static string Name(int number) => $"/r/{number}";

    private static ReleaseStaged Staged(int number) => new(Name(number), "/s") { Deployment = "d" };

    private static ReleaseActivated Activated(int number, int? held = null) => new("/app", Name(number), held is { } other ? Name(other) : null) { Deployment = "d" };

    private static ReleaseMarkedBad Bad(int number) => new(Name(number)) { Deployment = "d" };

    private static ReleasePruned Pruned(int number) => new(Name(number)) { Deployment = "d" };
}
