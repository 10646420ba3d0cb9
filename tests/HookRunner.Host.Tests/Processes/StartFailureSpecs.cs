using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Processes;

public sealed class StartFailureSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    public StartFailureSpecs() => File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));

    [Fact]
    public void A_missing_program_is_named_with_the_path_that_was_searched() =>
        Start("no-such-program").Should().Be(
            "not started 127: `no-such-program` was not found on PATH (/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)"
            + "|install it, or add its folder with `path:`");

    [Fact]
    public void A_missing_path_is_said_not_to_exist() =>
        Start(_folder.Path + "/gone").Should().Be($"not started 127: `{_folder.Path}/gone` does not exist|");

    [Fact]
    public void A_link_to_nothing_is_called_so()
    {
        File.CreateSymbolicLink(_folder.Path + "/link", "/nowhere");

        Start(_folder.Path + "/link").Should().Be($"not started 127: `{_folder.Path}/link` is a link to nothing (`/nowhere`)|");
    }

    [Fact]
    public void A_program_relative_to_the_working_directory_is_found_there()
    {
        Script("here", "#!/bin/sh\nexit 4\n");

        Start("./here", $"cwd={_folder.Path}").Should().Be("exited 4");
    }

    [NeedsFact("root")]
    public void A_file_without_x_is_named_with_its_mode() =>
        Start(Script("plain", "#!/bin/sh\n", mode: "0644")).Should().Contain("(mode 0644, owner root) is not executable by user `root`");

    [Fact]
    public void A_directory_is_no_program() => Start(_folder.Path).Should().Contain("is a directory, not a program");

    [Fact]
    public void A_missing_interpreter_is_named() =>
        Start(Script("ruby", "#!/opt/ruby/bin/ruby -w\n")).Should().Contain("needs the interpreter `/opt/ruby/bin/ruby`, which this host does not have");

    [Fact]
    public void A_carriage_return_in_the_first_line_is_recognised() =>
        Start(Script("windows", "#!/bin/sh\r\necho\r\n")).Should().Contain("ends with a carriage return").And.Contain("LF line ends");

    [Fact]
    public void A_missing_loader_is_named() =>
        Start(Binary("musl", bytes => Replace(bytes, "/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1")))
            .Should().Contain("needs the loader `/lib/ld-musl-x86_64.so.1`").And.Contain("built for Alpine");

    [Fact]
    public void A_binary_of_another_architecture_is_named_with_both() =>
        Start(Binary("arm", bytes => bytes[18] = 183)).Should().Contain("is built for aarch64; this host is x86_64");

    [Fact]
    public void Text_without_a_first_line_is_recognised() =>
        Start(Script("text", "echo hello\n")).Should().Contain("has no `#!` line and is no binary");

    [Fact]
    public void An_empty_file_is_called_empty() => Start(Script("empty", "")).Should().Contain("is empty");

    [Fact]
    public void A_missing_working_directory_comes_before_the_program() =>
        Start("/bin/true", $"cwd={_folder.Path}/gone").Should().Contain($"the working directory `{_folder.Path}/gone` does not exist");

    [Fact]
    public void A_file_is_no_working_directory() =>
        Start("/bin/true", $"cwd={Script("file", "")}").Should().Contain("/file` is not a directory");

    [NeedsFact("root")]
    public void A_closed_working_directory_is_named_with_the_folder_that_is_closed()
    {
        var inner = Directory.CreateDirectory(_folder.Path + "/closed/inner").FullName;
        Libc.ChangeMode(_folder.Path + "/closed", Convert.ToUInt32("700", 8));

        Start("/bin/true", $"cwd={inner}", "user=nobody").Should()
            .Contain($"user `nobody` cannot enter `{_folder.Path}/closed` (mode 0700, owner root), which its working directory `{inner}` needs");
    }

    [NeedsFact("root")]
    public void A_program_out_of_a_users_reach_is_named_with_the_folder_that_is_closed()
    {
        Directory.CreateDirectory(_folder.Path + "/closed");
        var path = Script("closed/program", "#!/bin/sh\n");
        Libc.ChangeMode(_folder.Path + "/closed", Convert.ToUInt32("700", 8));

        Start(path, "user=nobody").Should().Contain($"user `nobody` cannot enter `{_folder.Path}/closed` (mode 0700, owner root) to reach");
    }

    [NeedsFact("root")]
    public void A_file_that_only_its_owner_may_execute_is_named_with_the_user() =>
        Start(Script("mine", "#!/bin/sh\n", mode: "0700"), "user=nobody").Should().Contain("(mode 0700, owner root) is not executable by user `nobody`");

    [NeedsFact("root")]
    public void Another_user_needs_root()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        var words = new[] { "user=nobody", "--", "/bin/true" };
        using var run = ProgramRun.Start(_folder, ["setpriv", "--reuid=1", "--regid=1", "--clear-groups", ProgramRun.Driver], words);

        run.Finish().Single().End.Should().Contain("which cannot start programs as `nobody`").And.Contain("run it as root");
    }

    [Fact]
    public void Arguments_that_are_too_long_are_counted() =>
        Start("/bin/true", "large=200000").Should().Contain("too much text for a new program").And.Contain("pass a file instead");

    [Fact]
    public void A_value_that_would_be_cut_short_is_refused() =>
        Start("/bin/true", "nul").Should().Contain("the value of `NUL` holds a NUL byte");

    [Fact]
    public void A_file_that_is_being_written_is_called_so()
    {
        var path = Script("busy", "#!/bin/sh\n");
        File.Copy("/bin/true", path, overwrite: true);
        using var writer = File.OpenWrite(path);

        Start(path).Should().Contain("is open for writing");
    }

    [NeedsFact("root")]
    public void A_file_system_without_execution_is_named()
    {
        var script = Script("inner.sh", $"""
            #!/bin/sh
            mkdir -p {_folder.Path}/mount && mount -t tmpfs -o noexec tmpfs {_folder.Path}/mount &&
            cp /bin/true {_folder.Path}/mount/program && exec "$@"
            """);
        using var run = ProgramRun.Start(
            _folder, ["unshare", "-m", "--propagation", "private", script, ProgramRun.Driver], ["--", _folder.Path + "/mount/program"]);

        run.Finish().Single().End.Should().Contain($"lies on `{_folder.Path}/mount`, which is mounted noexec");
    }

    [Fact]
    public void After_a_failed_start_the_next_program_runs_and_its_output_is_in_the_log()
    {
        var results = ProgramRun.Complete(_folder, "--", "/no/program", ";;", $"log={_folder.Path}/log", "--", "sh", "-c", "echo works; exit 9");

        results[1].End.Should().Be("exited 9");
        File.ReadAllText(_folder.Path + "/log").Should().Be("works\n");
    }

    public void Dispose() => _folder.Dispose();

    private static void Replace(byte[] bytes, string old, string @new)
    {
        var place = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(old));
        System.Text.Encoding.ASCII.GetBytes(@new.PadRight(old.Length, '\0')).CopyTo(bytes, place);
    }

    private string Start(string program, params string[] options) =>
        ProgramRun.Complete(_folder, [.. options, "--", program]).Single().End;

    private string Script(string name, string text, string mode = "0755")
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        return path;
    }

    private string Binary(string name, Action<byte[]> change)
    {
        var path = Script(name, "");
        var bytes = File.ReadAllBytes("/bin/true");
        change(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
