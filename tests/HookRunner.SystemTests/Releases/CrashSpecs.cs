using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Releases;

/// <summary>
/// The process is killed at every single call that changes something below the site or its state. A kill between two of
/// them leaves what a kill at the second leaves. HOOKRUNNER_TESTS_WHOLE=1 counts the calls that only look, too.
/// </summary>
public class CrashSpecs
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("HOOKRUNNER_TESTS_WHOLE") == "1";

    /// <summary>Without the native executable a run takes ten times as long: a few calls then stand for all.</summary>
    private static readonly int Stride = HookRunnerExecutable.IsNative || IsWhole ? 1 : 19;

    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Killed_anywhere_the_link_is_whole_and_the_next_deployment_succeeds_by_itself(string name)
    {
        var scenario = Scenario.All.Single(item => item.Name == name);
        Skip.If(scenario.NeedsRoot && !Environment.IsPrivilegedProcess, "needs root, to give files away");
        using var site = scenario.Prepare();
        site.Save();

        var kills = 0;
        for (var call = 1; ; call += Stride)
        {
            var tracer = new Tracer { KillAt = call, CountsAll = IsWhole, OtherFileSystem = scenario.OtherFileSystem };
            var status = site.Run(scenario.Event, scenario.Deployment, tracer);
            if (status != Site.Killed)
            {
                site.LiveRevision().Should().Be(scenario.After, site.Output);
                break;
            }

            kills++;
            Aftermath.Check(site, scenario, $"killed at call {call}: {site.Calls.LastOrDefault()}");
            site.Restore();
        }

        kills.Should().BeGreaterThan(15 / Stride);
    }
}
