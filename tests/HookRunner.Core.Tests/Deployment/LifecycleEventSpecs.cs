using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Deployment;

public class LifecycleEventSpecs
{
    [Fact]
    public void Every_event_is_listed_in_order_under_its_own_name()
    {
        LifecycleEvents.All.Should().Equal(Enum.GetValues<LifecycleEvent>());
        LifecycleEvents.All.Select(item => item.Name()).Should().Equal(Enum.GetNames<LifecycleEvent>());
        LifecycleEvents.Names.Select(LifecycleEvents.Parse).Should().Equal(LifecycleEvents.All.Cast<LifecycleEvent?>());
    }
}
