using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What a port and a program's name find, and what they do not.</summary>
public sealed class StopBySpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "")]
    [InlineData("0.0.0.0", "")]
    [InlineData("::1", "6")]
    public void Whatever_listens_on_a_port_is_stopped(string address, string family)
    {
        var port = StartedServer.FreePort();
        using var server = StartedServer.Python(
            $"import socket\ns=socket.create_server(('{address}', {port}){(family == "6" ? ", family=socket.AF_INET6" : "")})");
        using var other = StartedServer.Listening(StartedServer.FreePort());

        var stopped = Do($"stop_process: {{ port: {port} }}");

        stopped.Should().Be(new StepOutcome.Succeeded($"stopped pid {server.Id}"));
        (server.IsAlive, other.IsAlive).Should().Be((false, true));
        Do($"stop_process: {{ port: {port} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
    }

    [Fact]
    public void All_that_share_a_port_are_stopped_and_who_is_only_connected_is_not()
    {
        var port = StartedServer.FreePort();
        using var one = StartedServer.Listening(port);
        using var two = StartedServer.Listening(port, more: "import os, time\nif os.fork() == 0: time.sleep(1000)");
        using var client = StartedServer.Python($"import socket; c=socket.create_connection(('127.0.0.1', {port}))");

        Do($"stop_process: {{ port: {port} }}").Should().BeOfType<StepOutcome.Succeeded>();

        (one.IsAlive, two.IsAlive, client.IsAlive).Should().Be((false, false, true));
    }

    [Fact]
    public void A_port_of_our_own_process_is_refused()
    {
        using var server = new RawServer("");

        ((StepOutcome.Failed)Do($"stop_process: {{ port: {server.Port} }}")).Reason.Should().Be(
            $"what listens on port {server.Port} is pid {Environment.ProcessId}: hookrunner itself, which is not stopped");
    }

    [Fact]
    public void What_is_started_again_is_told()
    {
        var port = StartedServer.FreePort();
        var script = _folder.Write("serve.py", $"import socket, time; s=socket.create_server(('127.0.0.1', {port})); time.sleep(1000)");
        using var supervisor = StartedServer.Shell($"echo ready; while :; do /usr/bin/python3 -S {script}; done");
        WaitForListener(port);

        var failed = (StepOutcome.Failed)Do($"stop_process: {{ port: {port} }}");

        failed.Reason.Should().MatchRegex($"^it was stopped, and runs again as pid [0-9]+ \\(/usr/bin/python3 -S {script}\\)$");
        failed.Hint.Should().Be("something restarts it: stop that");
    }

    [Fact]
    public void A_program_is_found_by_its_whole_name_and_by_its_path_only()
    {
        var (name, longer) = ($"stopme{Environment.ProcessId % 1000}", $"stopme{Environment.ProcessId % 1000}x");
        foreach (var copy in new[] { name, longer })
        {
            File.Copy("/bin/sleep", _folder.At(copy));
        }

        using var first = Started(_folder.At(name), "1000");
        using var second = Started(_folder.At(longer), "1000");
        using var reader = Started("tail", "-f", _folder.At(name));

        Do($"stop_process: {{ program: {name[..^1]} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
        Do($"stop_process: {{ program: {name} }}").Should().Be(new StepOutcome.Succeeded($"stopped pid {first.Id}"));
        Do($"stop_process: {{ program: {_folder.At(longer)} }}").Should().Be(new StepOutcome.Succeeded($"stopped pid {second.Id}"));

        (first.IsAlive, second.IsAlive, reader.IsAlive).Should().Be((false, false, true));
    }

    [Fact]
    public void A_path_may_lead_through_a_link_and_its_file_may_have_been_replaced()
    {
        File.Copy("/bin/sleep", _folder.At("server"));
        using var first = Started(_folder.At("server"), "1000");
        using var second = Started(_folder.At("server"), "1000");
        _folder.Link("current", _folder.Path);

        Do($"stop_process: {{ program: {_folder.At("current/server")} }}").Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().MatchRegex("^stopped pid [0-9]+ and 1 more$");
        using var third = Started(_folder.At("server"), "1000");
        File.Delete(_folder.At("server"));
        File.Copy("/bin/sleep", _folder.At("server"));

        Do($"stop_process: {{ program: {_folder.At("server")} }}").Should().Be(new StepOutcome.Succeeded($"stopped pid {third.Id}"));
    }

    [Theory]
    [InlineData("/usr/bin/python3", "-S")]
    [InlineData("sh", "-e")]
    public void A_script_is_found_by_its_path_and_who_only_reads_it_is_not(string interpreter, string option)
    {
        var script = _folder.Write("app/server", interpreter == "sh" ? "sleep 1000; true" : "import time; time.sleep(1000)");
        using var server = Started(interpreter, option, script);
        using var there = new StartedServer("sh", "-c", $"cd {_folder.At("app")}; echo; exec {interpreter} {option} ./server");
        using var reader = Started("tail", "-f", script);
        using var other = Started("sh", "-c", "sleep 1000; true", script);
        WaitFor(there.Id, "./server");

        Do($"stop_process: {{ program: {script} }}").Should().BeOfType<StepOutcome.Succeeded>();

        (server.IsAlive, there.IsAlive, reader.IsAlive, other.IsAlive).Should().Be((false, false, true, true));
    }

    [NeedsFact("root", "unshare")]
    public void A_process_of_a_container_is_not_the_hosts()
    {
        var name = $"boxed{Environment.ProcessId % 1000}";
        File.Copy("/bin/sleep", _folder.At(name));
        using var box = new StartedServer("unshare", "--pid", "--fork", "--kill-child", _folder.At(name), "1000");
        Eventually.Holds(() => HookRunner.Host.Processes.ProcessTree.All().Any(id => ReadText($"/proc/{id}/comm") == name + "\n"));

        Do($"stop_process: {{ program: {name} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));

        box.IsAlive.Should().BeTrue();
    }

    [NeedsFact("root", "unshare")]
    public void A_port_of_a_container_says_to_stop_the_container()
    {
        var port = StartedServer.FreePort();
        using var box = new StartedServer("unshare", "--pid", "--fork", "--kill-child", "/usr/bin/python3", "-c", $"import socket, time; s=socket.create_server(('127.0.0.1', {port})); time.sleep(1000)");
        WaitForListener(port);

        var failed = (StepOutcome.Failed)Do($"stop_process: {{ port: {port} }}");

        failed.Reason.Should().MatchRegex($"^port {port} is listened on by pid [0-9]+ \\(python3\\), for a container$");
        box.IsAlive.Should().BeTrue();
    }

    private static StartedServer Started(params string[] words)
    {
        var server = new StartedServer(words);
        WaitFor(server.Id, words[^1]);
        return server;
    }

    /// <summary>Until setsid has become the program.</summary>
    private static void WaitFor(int id, string lastWord) => Eventually.Holds(() => ReadText($"/proc/{id}/cmdline") is var line
        && !line.StartsWith("setsid\0", StringComparison.Ordinal) && line.EndsWith(lastWord + "\0", StringComparison.Ordinal));

    private static void WaitForListener(int port) => Eventually.Holds(() => HookRunner.Host.Processes.ListeningSockets.On(port).Count > 0);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static StepOutcome Do(string step) => Some.Step(step).Run(new TestStepRun("/"));
}
