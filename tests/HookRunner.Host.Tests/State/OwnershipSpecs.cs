using System.Text;
using HookRunner.Core.Language;
using HookRunner.Host.State;

namespace HookRunner.Host.Tests.State;

public class OwnershipSpecs
{
    private static readonly LockHolder Other = HostLockSpecs.Holder("shop", "A", "d-1") with { State = HolderState.BetweenEvents, LastSign = 1_000_000, BootId = "this" };

    private static readonly LockHolder Mine = Other with { Group = "B", Deployment = "d-2" };

    [Theory]
    [InlineData("nobody was here", "Free")]
    [InlineData("own group", "Free")]
    [InlineData("another group's deployment is under way", "Wait")]
    [InlineData("another application's is", "Wait")]
    [InlineData("its last event is over", "Warn")]
    [InlineData("its run was killed", "Warn")]
    [InlineData("an hour without a sign of it", "Warn")]
    [InlineData("another boot", "Warn")]
    [InlineData("a boot that is not known", "Warn")]
    [InlineData("a sign from the future", "Warn")]
    public void Who_was_here_before_decides(string what, string outcome) =>
        Ownership.Of(Before(what), Mine with { LastSign = 1_000_500 }, SharedHost.Warn).GetType().Name.Should().Be(outcome);

    [Theory]
    [InlineData("Allow", "this", "Free")]
    [InlineData("Refuse", "this", "Refuse")]
    [InlineData("Refuse", "another", "Warn")]
    public void Shared_host_says_otherwise_but_never_refuses_for_another_boot(string rule, string boot, string outcome) =>
        Ownership.Of(Other with { BootId = boot }, Mine, Enum.Parse<SharedHost>(rule)).GetType().Name.Should().Be(outcome);

    [Fact]
    public void A_holder_comes_back_from_its_file_as_it_was_written()
    {
        var read = LockHolder.Read(Other.ToBytes().ToArray());

        read.Should().BeEquivalentTo(Other, options => options.Using<DateTimeOffset>(time => time.Subject.Should().BeCloseTo(time.Expectation, TimeSpan.FromMilliseconds(1))).WhenTypeIs<DateTimeOffset>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"application\":\"sh")]
    [InlineData("[]")]
    public void A_torn_file_names_nobody(string text) => LockHolder.Read(Encoding.UTF8.GetBytes(text)).Should().BeNull();

    private static LockHolder? Before(string what) => what switch
    {
        "nobody was here" => null,
        "own group" => Other with { Group = "B" },
        "another application's is" => Other with { Group = "B", Application = "blog" },
        "its last event is over" => Other with { State = HolderState.Over },
        "its run was killed" => Other with { State = HolderState.Running },
        "an hour without a sign of it" => Other with { LastSign = 1_000_500 - (60 * 60 * 1000) },
        "another boot" => Other with { BootId = "another" },
        "a boot that is not known" => Other with { BootId = "" },
        "a sign from the future" => Other with { LastSign = 2_000_000 },
        _ => Other,
    };
}
