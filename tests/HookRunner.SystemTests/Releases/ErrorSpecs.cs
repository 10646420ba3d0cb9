using System.Collections.Immutable;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Releases;

/// <summary>
/// Every call on a path below the site or its state fails once, those that only look among them. In CI each call meets two
/// of the errors, other calls other ones; HOOKRUNNER_TESTS_WHOLE=1 tries all of them on each.
/// </summary>
public class ErrorSpecs
{
    private const int EINTR = 4;

    private static readonly ImmutableArray<(string Name, int Number)> Errors =
        [("EINTR", EINTR), ("EIO", 5), ("EACCES", 13), ("EXDEV", 18), ("ENOSPC", 28), ("EROFS", 30)];

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("HOOKRUNNER_TESTS_WHOLE") == "1";

    private static readonly int Stride = HookRunnerExecutable.IsNative || IsWhole ? 1 : 83;

    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Whatever_call_fails_the_link_is_whole_and_the_next_deployment_succeeds_by_itself(string name)
    {
        var scenario = Scenario.All.Single(item => item.Name == name);
        Skip.If(scenario.NeedsRoot && !Environment.IsPrivilegedProcess, "needs root, to give files away");
        using var site = scenario.Prepare();
        site.Save();
        site.Run(scenario.Event, scenario.Deployment, new Tracer { CountsAll = true, OtherFileSystem = scenario.OtherFileSystem });
        var calls = site.Calls.ToList();
        calls.Should().HaveCountGreaterThan(50);

        for (var call = 1; call <= calls.Count; call += Stride)
        {
            foreach (var error in Chosen(call))
            {
                site.Restore();
                Try(site, scenario, call, error);
            }
        }
    }

    private static void Try(Site site, Scenario scenario, int call, (string Name, int Number) error)
    {
        var status = site.Run(scenario.Event, scenario.Deployment,
            new Tracer { CountsAll = true, Fail = (call, error.Number), OtherFileSystem = scenario.OtherFileSystem });

        var why = $"{error.Name} at call {call}: {site.Calls.ElementAtOrDefault(call - 1)}\n{site.Output}";
        status.Should().BeOneOf([0, 1, 3], why);
        if (error.Number == EINTR)
        {
            status.Should().Be(scenario.Event == "ValidateService" ? 1 : 0, $"an interrupted call is made again\n{why}");
        }

        if (status == 0)
        {
            site.LiveRevision(why).Should().Be(scenario.After, why);
        }

        Aftermath.Check(site, scenario, why);
    }

    private static IEnumerable<(string Name, int Number)> Chosen(int call) =>
        IsWhole ? Errors : [Errors[call % Errors.Length], Errors[(call + (call / Errors.Length) + 1) % Errors.Length]];
}
