using System.Text;
using HookRunner.Simulation;
using HookRunner.Simulation.Agent;
using HookRunner.Simulation.Sandboxing;

namespace HookRunner.SystemTests.Simulation;

/// <summary>The parts of the sandbox that need no namespaces.</summary>
public class SandboxPartsSpecs
{
    [Fact]
    public void Mount_points_are_read_with_their_escapes_the_uppermost_of_each_place()
    {
        var mounts = MountPoint.Parse("""
            22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 22 0:25 / /mnt/with\040blank rw - tmpfs tmpfs rw
            31 22 0:26 / /proc rw - proc proc rw
            32 22 0:27 / /mnt/with\040blank ro master:2 - xfs /dev/vdb rw

            """);

        mounts.Should().Equal(new MountPoint("/", "ext4"), new MountPoint("/mnt/with blank", "xfs"), new MountPoint("/proc", "proc"));
        mounts.Select(mount => mount.HoldsFiles).Should().Equal(true, true, false);
    }

    [Theory]
    [InlineData("/run/user", "/run", true)]
    [InlineData("/run", "/run", true)]
    [InlineData("/runtime", "/run", false)]
    [InlineData("/anything", "/", true)]
    public void A_path_lies_within_a_directory_by_its_parts(string path, string directory, bool lies) =>
        new MountPoint(path, "").IsWithin(directory).Should().Be(lies);

    [Fact]
    public void A_request_crosses_to_the_inner_process_whole()
    {
        var request = new SimulationRequest
        {
            Sandbox = SandboxKind.User,
            Bundle = "/a b=c",
            From = "/old",
            Group = "Staging-APP",
            Application = "shop",
            Network = true,
            Settings = ["A=B=C", "D="],
            Real = ["config"],
            Events = ["AfterInstall"],
            Executable = new RunningExecutable("/x/hookrunner", "/usr/share/dotnet"),
        };

        SimulationRequest.FromWords(request.ToWords()).Should().BeEquivalentTo(request);
    }

    [Fact]
    public void Output_is_cut_at_newlines_alone_and_its_last_line_counts_too()
    {
        var lines = new List<string>();
        var splitter = new LineSplitter(line => lines.Add(Encoding.UTF8.GetString(line)));

        splitter.Add("one\rtwo\nth"u8);
        splitter.Add("ree"u8);
        splitter.Flush();

        lines.Should().Equal("one\rtwo\n", "three");
    }

    [Fact]
    public void A_line_without_end_takes_no_more_memory_than_it_may()
    {
        var lengths = new List<int>();
        var splitter = new LineSplitter(line => lengths.Add(line.Length));

        for (var i = 0; i < 100; i++)
        {
            splitter.Add(new byte[100_000]);
        }

        splitter.Add("\n"u8);
        lengths.Should().Equal((64 * 1024) + 1);
    }

    [Fact]
    public void Links_in_any_part_of_a_path_are_resolved()
    {
        var root = RealPath.Of(Directory.CreateTempSubdirectory("hookrunner-links-").FullName);
        Directory.CreateDirectory(Path.Join(root, "real/sub"));
        Directory.CreateSymbolicLink(Path.Join(root, "link"), "real");
        Directory.CreateSymbolicLink(Path.Join(root, "real/up"), "../real/sub");

        RealPath.Of(Path.Join(root, "link/up/../file")).Should().Be(Path.Join(root, "real/file"));

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Directories_that_go_while_they_are_looked_at_are_passed_over()
    {
        using var folder = new ScriptBundle();
        var (source, upper) = (Directory.CreateDirectory(Path.Join(folder.Path, "source")).FullName, Path.Join(folder.Path, "upper"));
        Directory.CreateDirectory(Path.Join(source, "stays"));
        using var end = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var churn = Task.Run(() =>
        {
            begun.SetResult();
            while (!end.IsCancellationRequested)
            {
                var tops = Enumerable.Range(0, 50).Select(number => Directory.CreateDirectory(Path.Join(source, $"{number}/a/b/c")).Parent!.Parent!.Parent!).ToList();
                tops.ForEach(top => top.Delete(recursive: true));
            }
        });

        await begun.Task;
        for (var look = 0; look < 25; look++)
        {
            OwnedDirectories.Make(source, $"{upper}{look}");
        }

        await end.CancelAsync();
        await churn;
        Directory.Exists(Path.Join($"{upper}0", "stays")).Should().BeTrue();
    }
}
