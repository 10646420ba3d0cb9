using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Processes;

/// <summary>A program that succeeds while something that it started lives on.</summary>
public sealed class LeftBehindSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Theory]
    [InlineData("nohup {0} &")]
    [InlineData("{0} &")]
    [InlineData("setsid {0} &")]
    [InlineData("({0} &)")]
    [InlineData("(setsid sh -c \"({0} &)\" &)")]
    public void The_run_ends_at_once_and_the_process_is_named_and_writes_on_into_the_log(string leave)
    {
        File.WriteAllText(_folder["server"], "#!/bin/sh\necho $$ > pid; while ! [ -e go ]; do sleep 0.05; done; echo still here; yes | head -2; echo done > wrote; sleep 300\n");
        File.SetUnixFileMode(_folder["server"], (UnixFileMode)Convert.ToInt32("755", 8));
        var script = string.Format(CultureInfo.InvariantCulture, leave, "./server") + "\nwhile ! [ -s pid ]; do sleep 0.01; done; echo started";

        var result = ProgramRun.Complete(_folder, $"cwd={_folder.Path}", "--", "sh", "-c", script).Single();
        var id = ProgramRun.WaitForNumber(_folder["pid"]);
        File.WriteAllText(_folder["go"], "");
        ProgramRun.WaitForLine(_folder["wrote"]);
        Libc.Kill(id, 9);

        result.End.Should().Be("exited 0");
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        result.LeftBehind.Should().Contain($"{id} {Users.CurrentId} True /bin/sh ./server");
        File.ReadAllLines(_folder["log"]).Should().Equal("started", "still here", "y", "y");
    }

    [NeedsFact("root")]
    public void The_user_of_what_is_left_is_named()
    {
        var result = ProgramRun.Complete(_folder, "user=nobody", "cwd=/", "--", "sh", "-c", "sleep 300 & exit 0").Single();

        var words = result.LeftBehind.Single().Split(' ');
        Libc.Kill(int.Parse(words[0], CultureInfo.InvariantCulture), 9);
        words[1..].Should().Equal("65534", "True", "sleep", "300");
    }

    [Fact]
    public void If_we_are_killed_the_program_finishes_and_the_log_is_whole()
    {
        using var run = ProgramRun.Start(_folder, $"cwd={_folder.Path}", "--", "sh", "-c", "echo $$ > pid; while ! [ -e go ]; do sleep 0.05; done; seq 5; echo done > end");
        ProgramRun.WaitForLine(_folder["pid"]);

        Libc.Kill(run.Id, 9);
        run.WaitForExit();
        File.WriteAllText(_folder["go"], "");
        ProgramRun.WaitForLine(_folder["end"]);

        File.ReadAllLines(_folder["log"]).Should().Equal("1", "2", "3", "4", "5");
    }

    [Fact]
    public void A_process_that_writes_for_ever_does_not_hold_the_run()
    {
        var result = ProgramRun.Complete(_folder, $"cwd={_folder.Path}", "--", "sh", "-c", "(yes & echo $! > pid) ; sleep 0.3; exit 0").Single();

        Libc.Kill(ProgramRun.WaitForNumber(_folder["pid"]), 9);
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        result.LeftBehind.Should().ContainSingle().Which.Should().EndWith(" yes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Output_that_is_still_on_its_way_through_a_tee_is_awaited(int status)
    {
        string[] words = ["--", "bash", "-c", $"exec > >(sleep 0.05; exec tee {_folder["copy"]}) 2>&1; echo the reason; exit {status}"];
        // The first one warms up: what runs for the first time takes so long that there is nothing to wait for.
        var result = ProgramRun.Complete(_folder, [.. words, ";;", $"log={_folder["log"]}", .. words])[1];

        result.Tail.Should().Equal("the reason");
        result.LeftBehind.Should().BeEmpty();
    }

    [Fact]
    public void The_second_program_does_not_name_what_the_first_left()
    {
        var results = ProgramRun.Complete(_folder, "--", "sh", "-c", "sleep 300 & exit 0", ";;", $"log={_folder["log"]}", "--", "true");

        Libc.Kill(int.Parse(results[0].LeftBehind.Single().Split(' ')[0], CultureInfo.InvariantCulture), 9);
        results[1].LeftBehind.Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
