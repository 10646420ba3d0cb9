using System.Diagnostics;
using System.Globalization;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

public sealed class WaitForSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_there_already_is_not_waited_for()
    {
        using var server = new RawServer("");

        Do($"wait_for: {{ tcp: {server.Port} }}").Should().Be(new StepOutcome.Succeeded("already so"));
        Do($"wait_for: {{ tcp: '127.0.0.1:{server.Port}' }}").Should().Be(new StepOutcome.Succeeded("already so"));
        Do($"wait_for: {{ file: {_folder.Path} }}").Should().Be(new StepOutcome.Succeeded("already so"));
        Do("wait_for: { command: [test, -d, /] }").Should().Be(new StepOutcome.Succeeded("already so"));
        Do("wait_for: { gone: no-such-program }").Should().Be(new StepOutcome.Succeeded("already so"));
        Do($"wait_for: {{ gone: {_folder.At("no.pid")} }}").Should().Be(new StepOutcome.Succeeded("already so"));
    }

    [Fact]
    public void What_comes_is_waited_for()
    {
        using var later = new Timer(_ => _folder.Write("flag", ""), null, 300, Timeout.Infinite);

        Do($"wait_for: {{ file: {_folder.At("flag")}, within: 30s }}").Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith("after ");
        Do($"wait_for: {{ command: 'test -s flag || {{ echo x >> flag; exit 3; }}', interval: 10ms }}").Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith("after ");
    }

    [Theory]
    [InlineData("tcp: 1", "nothing listens on localhost:1 (waited 5s)")]
    [InlineData("tcp: '[::1]:1'", "nothing listens on [::1]:1 (waited 5s)")]
    [InlineData("file: /nowhere/flag", "`/nowhere/flag` is not there (waited 5s)")]
    [InlineData("process: no-such-program", "no process `no-such-program` lives (waited 5s)")]
    [InlineData("process: /nowhere/x.pid", "no process lives by `/nowhere/x.pid` (waited 5s)")]
    [InlineData("command: 'echo not yet; exit 4'", "`echo not yet; exit 4` ended with exit status 4 (waited 5s)")]
    public void What_does_not_come_fails_after_its_time(string what, string reason) =>
        ((StepOutcome.Failed)Do($"wait_for: {{ {what}, within: 5s, interval: 6s }}")).Reason.Should().Be(reason);

    [Fact]
    public void The_output_of_a_failing_command_is_shown() =>
        ((StepOutcome.Failed)Do("wait_for: { command: 'echo not yet; exit 4', within: 100ms }")).Detail.Should().Equal("not yet");

    [Fact]
    public void A_command_that_hangs_is_bounded()
    {
        var begun = Stopwatch.StartNew();

        ((StepOutcome.Failed)Do("wait_for: { command: sleep 1000, within: 500ms }")).Reason.Should().Be("`sleep 1000` does not end (waited 500ms)");

        begun.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_process_is_found_by_its_name_and_by_its_pid_file_and_its_end_is_seen()
    {
        var name = $"waited{Environment.ProcessId}";
        File.Copy("/bin/sleep", _folder.At(name));
        using var process = Process.Start(_folder.At(name), ["1000"]);
        var file = _folder.Write("run.pid", $"{process.Id.ToString(CultureInfo.InvariantCulture)}\n");

        Do($"wait_for: {{ process: {name}, within: 5s }}").Should().BeOfType<StepOutcome.Succeeded>();
        Do($"wait_for: {{ process: {file}, within: 5s }}").Should().BeOfType<StepOutcome.Succeeded>();
        ((StepOutcome.Failed)Do($"wait_for: {{ gone: {name}, within: 100ms }}")).Reason.Should().Be($"`{name}` still lives (pid {process.Id}) (waited 100ms)");
        using var later = new Timer(_ => process.Kill(), null, 300, Timeout.Infinite);
        Do($"wait_for: {{ gone: {file}, within: 20s }}").Should().BeOfType<StepOutcome.Succeeded>();
        Do($"wait_for: {{ gone: {name}, within: 20s }}").Should().BeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public void A_pid_that_came_back_as_another_process_is_not_the_one_of_the_file()
    {
        using var stranger = Process.Start("sleep", ["1000"]);
        var file = _folder.Write("old.pid", $"{stranger.Id.ToString(CultureInfo.InvariantCulture)}\n");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-30));

        Do($"wait_for: {{ gone: {file} }}").Should().Be(new StepOutcome.Succeeded("already so"));
        Do($"wait_for: {{ process: {file}, within: 100ms }}").Should().BeOfType<StepOutcome.Failed>();

        stranger.Kill();
    }

    [Fact]
    public void A_stop_and_the_end_of_the_event_end_the_wait_at_once()
    {
        var stopped = new TestStepRun("/");
        stopped.Told.CancelAfter(200);
        var over = new TestStepRun("/", TimeSpan.FromMilliseconds(300));

        Some.Step("wait_for: { file: /nowhere/flag }").Run(stopped).Should().Be(new StepOutcome.Stopped(15));
        Some.Step("wait_for: { file: /nowhere/flag }").Run(over).Should().BeOfType<StepOutcome.TimedOut>().Which.Of.Should().Be("the event's end");
    }

    [Fact]
    public void After_a_recorded_service_what_is_absent_is_not_checked()
    {
        var run = new TestStepRun("/") { Simulated = true, HasRecordedService = true };

        foreach (var what in new[] { "tcp: 1", "unit: web", "process: no-such-program" })
        {
            Some.Step($"wait_for: {{ {what} }}").Run(run).Should().Be(new StepOutcome.Succeeded("not checked"));
        }

        run.Said.Should().Equal(
            "not checked: localhost:1: nothing listens on localhost:1, since the service was only recorded",
            "not checked: unit web.service: systemd is out of reach, since the service was only recorded",
            "not checked: process no-such-program: no process `no-such-program` lives, since the service was only recorded");
    }

    [Fact]
    public void Under_simulation_another_host_is_only_recorded() =>
        Some.Step("wait_for: { tcp: 'db.internal:5432' }").Run(new TestStepRun("/") { Simulated = true }).Should().Be(new StepOutcome.Succeeded("recorded"));

    [Theory]
    [InlineData("wait_for: {}", "1:11 `wait_for` says nothing to wait for; expected one of tcp, file, unit, process, gone, command")]
    [InlineData("wait_for: { tcp: 80, file: /x }", "1:11 `wait_for` has tcp and file; expected one thing (use a step for each)")]
    [InlineData("wait_for: { tcp: 80000 }", "1:18 `80000` is no address; expected `PORT` or `HOST:PORT` (an IPv6 address stands in brackets: `[::1]:80`)")]
    [InlineData("wait_for: { tcp: '::1:80' }", "1:18 `::1:80` is no address; expected `PORT` or `HOST:PORT` (an IPv6 address stands in brackets: `[::1]:80`)")]
    [InlineData("wait_for: { file: flag }", "1:19 `file` is `flag`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("wait_for: { process: bin/java -jar }", "1:22 `bin/java -jar` is no program's name; expected one such as `java`, or the absolute path of a pid file")]
    [InlineData("wait_for: { unit: /etc/x }", "1:19 `/etc/x` is a path; expected a unit's name such as `nginx` or `nginx.service`")]
    public void A_wait_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Theory]
    [InlineData("wait_for: { tcp: 5432 }", "wait for a program on port 5432; within 1m")]
    [InlineData("wait_for: { tcp: 'db:5432', within: 5m }", "wait for a program on db:5432; within 5m")]
    [InlineData("wait_for: { gone: java }", "wait for the end of process java; within 1m")]
    [InlineData("wait_for: { command: [pg_isready, -q] }", "wait for `pg_isready -q` to succeed; within 1m")]
    public void A_wait_shows_what_it_does(string step, string words) => Some.Step(step).Describe().Should().Be(words);

    private StepOutcome Do(string step) => Some.Step(step).Run(new TestStepRun(_folder.Path));
}
