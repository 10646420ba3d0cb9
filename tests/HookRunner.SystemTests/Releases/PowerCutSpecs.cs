using HookRunner.Host.Tests.Steps;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Releases;

/// <summary>
/// A file system in an image, whose journal is written late; the image is copied in the middle of a deployment, which is what a
/// power cut would leave, and the deployment goes on from the copy.
/// </summary>
public sealed class PowerCutSpecs : IDisposable
{
    private static readonly int Stride = !HookRunnerExecutable.IsNative ? 25
        : Environment.GetEnvironmentVariable("HOOKRUNNER_TESTS_WHOLE") == "1" ? 1 : 4;

    private readonly string _folder = Directory.CreateDirectory(
        Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "hookrunner-" + Guid.NewGuid().ToString("N")[..12])).FullName;

    private string Mount => Path.Join(_folder, "mount");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("ext4", "64M", "mkfs.ext4 -qF", "commit=300")]
    [InlineData("xfs", "320M", "mkfs.xfs -q", "nouuid")]
    public void After_a_power_cut_the_link_is_whole_and_the_next_deployment_succeeds_by_itself(string type, string size, string make, string options)
    {
        Skip.IfNot(File.Exists($"/sbin/mkfs.{type}"), $"needs mkfs.{type}");
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, to mount");
        PrivateMounts.Run(() =>
        {
            using var image = Prepare(size, make, options);
            var cuts = 0;
            for (var call = 1; ; call += Stride, cuts++)
            {
                image.Put("prepared", "running");
                var status = image.Site.Run("AfterInstall", "d-2", new Tracer { KillAt = call });
                image.CutTo("cut");
                image.Put("cut", "after");
                var why = $"{type}, power cut at call {call}, exit status {status}";

                image.Site.LiveRevision(why).Should().BeOneOf(status == 0 ? ["d-2"] : ["d-1", "d-2"], why);
                Aftermath.Check(image.Site, Scenario.All[0] with { Before = "d-1", After = "d-2" }, why);
                if (status != Site.Killed)
                {
                    break;
                }
            }

            cuts.Should().BeGreaterThan(30 / Stride);
        });
    }

    /// <summary>Without it the test above would prove nothing.</summary>
    [SkippableFact]
    public void What_copies_and_links_without_a_flush_is_lost()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, to mount");
        PrivateMounts.Run(() =>
        {
            using var image = Prepare("64M", "mkfs.ext4 -qF", "commit=300");
            image.Put("prepared", "running");
            PrivateMounts.Shell($"cd {image.Site.At("site")} && cp -a staging releases/d-2 && ln -sfn $PWD/releases/d-2 app");
            image.Site.LiveRevision().Should().Be("d-2");

            image.CutTo("cut");
            image.Put("cut", "after");

            image.Site.LiveRevision().Should().Be("d-1");
        });
    }

    /// <summary>d-1 is live and d-2 installed, all of it on the disk.</summary>
    private LoopImage Prepare(string size, string make, string options)
    {
        Directory.CreateDirectory(Mount);
        var image = new LoopImage(_folder, Mount, options);
        PrivateMounts.Shell($"cd {_folder} && truncate -s {size} prepared && {make} prepared");
        image.Attach("prepared");
        image.Site.Deploy("d-1");
        image.Site.Run("BeforeInstall", "d-2").Should().Be(0);
        image.Site.Install("d-2");
        image.Detach();
        return image;
    }

    /// <summary>One of several images at one mount point.</summary>
    private sealed class LoopImage(string folder, string mount, string options) : IDisposable
    {
        private Site? _site;
        private bool _isAttached;
        private string _current = "";

        public Site Site => _site ??= new Site(place: mount);

        public void Attach(string name)
        {
            PrivateMounts.Shell($"mount -o loop,{options} {Path.Join(folder, name)} {mount}");
            (_isAttached, _current) = (true, name);
        }

        /// <summary>Mounts a copy of an image in place of what is mounted.</summary>
        public void Put(string from, string name)
        {
            Detach();
            PrivateMounts.Shell($"cd {folder} && rm -f {name} && cp --sparse=always {from} {name}");
            Attach(name);
        }

        /// <summary>Copies what has reached the disk, while all else is still in memory only.</summary>
        public void CutTo(string name) => PrivateMounts.Shell($"cd {folder} && rm -f {name} && cp --sparse=always {_current} {name}");

        public void Detach()
        {
            if (_isAttached)
            {
                PrivateMounts.Shell($"umount {mount}");
                _isAttached = false;
            }
        }

        public void Dispose() => Detach();
    }
}
