using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Tests.Deployment;

public class EventTimeSpecs
{
    [Theory]
    [InlineData("hookrunner 300", 300, true)]
    [InlineData("hookrunner 300, hookrunner 120, hookrunner 600", 120, true)]
    [InlineData("other.sh 10, hookrunner 300", 300, true)]
    [InlineData("other.sh 10", 300, false)]
    [InlineData("/hookrunner 120", 120, true)]
    [InlineData("./hookrunner 120", 120, true)]
    [InlineData("bin/hookrunner 120", 300, false)]
    [InlineData("", 300, false)]
    public void The_shortest_timeout_of_an_entry_that_is_ours_counts(string hooks, int seconds, bool isKnown)
    {
        var appSpec = new AppSpec { Source = SourceText.Nowhere, Hooks = [Hook("BeforeInstall hookrunner 5"), .. Hooks(hooks)] };

        var time = EventTime.Of(appSpec, LifecycleEvent.AfterInstall, location => location.EndsWith("hookrunner", StringComparison.Ordinal));

        time.Length.TotalSeconds.Should().Be(seconds);
        time.IsKnown.Should().Be(isKnown);
    }

    [Fact]
    public void Without_an_appspec_a_careful_guess_stands_in_and_says_so()
    {
        var time = EventTime.Of(null, LifecycleEvent.AfterInstall, _ => true);

        time.Should().Be(new EventTime(TimeSpan.FromSeconds(300), "no entry of appspec.yml tells: 300 s", false));
    }

    private static IEnumerable<AppSpecHook> Hooks(string text) =>
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(hook => Hook($"AfterInstall {hook}"));

    private static AppSpecHook Hook(string text) => text.Split(' ') is [var item, var script, var seconds]
        ? new AppSpecHook(SourceLocation.Nowhere, item, script, int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), null, false)
        : throw new ArgumentException(text);
}
