namespace HookRunner.Host.Tests.Processes;

/// <summary>What a program finds when it starts.</summary>
public sealed class ChildEnvironmentSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void Its_stdin_is_empty_and_its_output_is_the_log_and_nothing_else_is_open()
    {
        Run("ls /proc/$$/fd; readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2");

        Log().Should().Equal("0", "1", "2", "/dev/null", _folder["log"], _folder["log"]);
    }

    [Fact]
    public void With_stdin_stdout_and_stderr_closed_it_finds_the_same()
    {
        using var run = ProgramRun.Start(
            _folder, ["sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh", ProgramRun.Driver], ["--", "sh", "-c", "echo out; echo error >&2; cat; exit 3"]);

        run.Finish().Single().End.Should().Be("exited 3");
        Log().Should().Equal("out", "error");
    }

    [Fact]
    public void A_descriptor_that_we_inherited_goes_no_further()
    {
        using var run = ProgramRun.Start(_folder, ["sh", "-c", "exec 7>/dev/null; exec \"$@\"", "sh", ProgramRun.Driver], ["--", "sh", "-c", "ls /proc/$$/fd"]);

        run.Finish();
        Log().Should().Equal("0", "1", "2");
    }

    [Fact]
    public void No_signal_is_ignored_or_blocked()
    {
        Run("while read -r line; do case $line in SigBlk*|SigIgn*) echo \"$line\";; esac; done < /proc/$$/status; yes | head -1");

        Log().Should().Equal("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "y");
    }

    [Fact]
    public void A_hangup_that_our_parent_ignores_stays_ignored()
    {
        using var run = ProgramRun.Start(_folder, ["env", "--ignore-signal=HUP", ProgramRun.Driver], ["--", "sh", "-c", "grep SigIgn /proc/$$/status"]);

        run.Finish();
        Log().Should().Equal("SigIgn:\t0000000000000001");
    }

    [Fact]
    public void Its_environment_is_the_given_one_and_its_steps_token()
    {
        ProgramRun.Complete(_folder, "token=t1", "env=A=1", "env=a=two\nlines", "env=EMPTY=", "--", "/usr/bin/env", "-0");

        File.ReadAllText(_folder["log"]).Split('\0', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(
            "A=1", "a=two\nlines", "EMPTY=", "HOOKRUNNER_STEP=t1", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        ProgramRun.Complete(_folder, "--", "printf", "<%s>", "two words", "", "\"quoted\"", "*", "$HOME", "ü\n");

        File.ReadAllText(_folder["log"]).Should().Be("<two words><><\"quoted\"><*><$HOME><ü\n>");
    }

    [Fact]
    public void Its_umask_is_022_whatever_ours_was_unless_it_is_given()
    {
        using var run = ProgramRun.Start(
            _folder,
            ["sh", "-c", "umask 077; exec \"$@\"", "sh", ProgramRun.Driver],
            ["--", "sh", "-c", "umask", ";;", $"log={_folder["log"]}", "umask=027", "--", "sh", "-c", "umask", ";;", $"log={_folder["log"]}", "--", "sh", "-c", "umask"]);

        run.Finish();
        Log().Should().Equal("0022", "0027", "0022");
    }

    [Fact]
    public void Its_limit_of_open_files_is_the_given_one_and_the_next_programs_is_not()
    {
        ProgramRun.Complete(_folder, "nofile=512", "--", "sh", "-c", "ulimit -n", ";;", $"log={_folder["log"]}", "--", "sh", "-c", "ulimit -n");

        Log()[0].Should().Be("512");
        Log()[1].Should().NotBe("512");
    }

    [NeedsFact("root")]
    public void A_limit_above_what_the_host_allows_is_refused_with_both_numbers()
    {
        using var run = ProgramRun.Start(
            _folder, ["setpriv", "--bounding-set=-sys_resource", "sh", "-c", "ulimit -n 4096; exec \"$@\"", "sh", ProgramRun.Driver], ["nofile=100000", "--", "true"]);

        run.Finish().Single().End.Should().Contain("`nofile: 100000` is above this host's hard limit of 4096");
    }

    [NeedsFact("root")]
    public void Another_user_has_its_own_ids_and_all_of_its_groups()
    {
        using var user = new TestUser();
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));

        ProgramRun.Complete(_folder, $"user={user.Name}", "--", "sh", "-c", "id -un; id -gn; id -Gn; grep CapEff /proc/$$/status");

        Log().Should().Equal(user.Name, user.Name, $"{user.Name} {TestUser.OtherGroup}", "CapEff:\t0000000000000000");
    }

    [NeedsFact("root")]
    public void Another_user_may_open_its_own_output_by_name()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));

        ProgramRun.Complete(_folder, "user=nobody", "--", "sh", "-c", "echo one >> /dev/stderr; echo two | tee -a /dev/stderr > /dev/null").Single().End.Should().Be("exited 0");

        Log().Should().Equal("one", "two");
    }

    [Fact]
    public void What_is_captured_comes_back_without_its_last_newline_and_is_not_in_the_log()
    {
        var result = ProgramRun.Complete(_folder, "capture", "--", "sh", "-c", "echo one; echo two; echo error >&2").Single();

        result.Captured.Should().Be("one\\ntwo");
        Log().Should().Equal("error");
        Directory.GetFiles(_folder.Path).Should().BeEquivalentTo(_folder["log"], _folder["result"]);
    }

    [Fact]
    public void More_than_64_KiB_to_capture_is_cut_and_said()
    {
        var result = ProgramRun.Complete(_folder, "capture", "--", "head", "-c", "70000", "/dev/zero").Single();

        result.CaptureIsCut.Should().BeTrue();
        result.Captured.Should().HaveLength(65536);
    }

    public void Dispose() => _folder.Dispose();

    private void Run(string script) => ProgramRun.Complete(_folder, "--", "sh", "-c", script);

    private string[] Log() => File.ReadAllLines(_folder["log"]);
}
