using System.Diagnostics;
using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Releases;

public sealed class TreeCopySpecs : IDisposable
{
    private const string Everything = """
        umask 022; mkdir -p tree/empty tree/closed tree/sticky tree/deep; cd tree
        head -c 3000000 /dev/urandom > random
        truncate -s 64M sparse; printf middle | dd of=sparse bs=1 seek=33554432 conv=notrunc 2>/dev/null
        : > zero
        printf one > linked; ln linked linked.2; mkdir other; ln linked other/linked.3
        ln -s nowhere dangling; ln -s ../tree/random relative; ln -s /etc/passwd absolute
        mkfifo pipe
        printf x > setuid; chown 1234:4321 setuid; chmod 4755 setuid
        printf x > secret; chmod 000 secret; chmod 700 closed; chmod 1777 sticky
        printf x > "$(printf 'line\nbreak')"; printf x > "$(printf 'no-utf8-\377\376')"; printf x > "$(head -c 255 /dev/zero | tr '\0' n)"
        d=deep; for i in $(seq 60); do d=$d/d; done; mkdir -p $d; printf x > $d/end
        touch -d '2001-02-03 04:05:06.789' random linked empty; touch -h -d '2002-02-03 04:05:06' dangling; chown -h 77:88 dangling
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_copy_to_another_file_system_has_all_that_its_original_has() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o mode=755 none {_folder.Make("elsewhere")}");
        PrivateMounts.Shell($"cd {_folder.Path}\n{Everything}");

        Copy(_folder.Path, _folder.At("elsewhere"), out _).Should().BeNull();

        Listing("elsewhere/tree").Should().Be(Listing("tree"));
        Output($"cd {_folder.Path} && diff -r --no-dereference tree elsewhere/tree 2>&1 | grep -v fifo").Should().BeEmpty();
        int.Parse(Output($"stat -c %b {_folder.At("elsewhere/tree/sparse")}")).Should().BeLessThan(1024, "holes stay holes");
        Remove(_folder.At("elsewhere")).Should().BeNull();
        Remove(_folder.Path).Should().BeNull();
        PrivateMounts.Shell($"umount {_folder.At("elsewhere")}");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().Equal([_folder.At("elsewhere")], "whatever it is called, it can be removed");
    });

    [Fact]
    public void Extended_attributes_are_kept_or_counted()
    {
        Directory.CreateDirectory(_folder.At("tree"));
        File.WriteAllText(_folder.At("tree/file"), "x");
        SetAttribute("tree/file").Should().Be(0);

        Copy(_folder.Path, _folder.Make("here"), out var copy).Should().BeNull();

        Attribute("here/tree/file").Should().Be("value");
        copy.AttributesLost.Should().Be(0);
    }

    [Fact]
    public void Told_to_stop_it_ends_and_says_so()
    {
        _folder.Write("tree/a", "1");
        _folder.Write("tree/b", "2");
        var asked = 0;

        var error = Copy(_folder.Path, _folder.Make("here"), out _, () => ++asked < 3);

        error!.Number.Should().Be(Errno.EINTR);
    }

    [SkippableTheory]
    [InlineData("another file system", "mount -t tmpfs -o mode=755 none @/releases")]
    [InlineData("a directory of an image's lower layer", "mkdir @/u @/w; mount -t overlay overlay -o lowerdir=@/low,upperdir=@/u,workdir=@/w @/low")]
    public void Staging_across_file_systems_copies_and_removes_what_it_copied(string why, string mount) => PrivateMounts.Run(() =>
    {
        using var host = new ReleaseHost();
        host.Write("low/staging/REVISION", "d-1");
        host.Make("low/releases");
        host.Make("releases");
        host.Settings = host.Settings with { Staging = host.At("low/staging"), Releases = mount.Contains("overlay") ? host.At("low/releases") : host.At("releases") };
        PrivateMounts.Shell(mount.Replace("@", host.At(""), StringComparison.Ordinal));

        var outcome = host.Do("d-1", "stage");

        outcome.Should().BeOfType<StepOutcome.Succeeded>(why).Which.Note.Should().StartWith("copied ");
        File.ReadAllText(Path.Join(host.Settings.Releases, "d-1/REVISION")).Should().Be("d-1");
        host.Exists("low/staging").Should().BeFalse();
        PrivateMounts.Shell($"umount {host.At(mount.Contains("overlay") ? "low" : "releases")}");
    });

    [SkippableFact]
    public void A_disk_that_is_too_small_is_named_and_nothing_half_stays() => PrivateMounts.Run(() =>
    {
        using var host = new ReleaseHost();
        host.Make("releases");
        PrivateMounts.Shell($"mount -t tmpfs -o size=1m,mode=755 none {host.At("releases")}");
        host.Write("staging/big", new string('x', 3_000_000));

        var failed = host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>().Subject;

        failed.Reason.Should().Contain("ENOSPC");
        failed.Hint.Should().Contain("the disk is full");
        host.Names("releases").Should().BeEmpty();
        host.Exists("staging/big").Should().BeTrue();
        PrivateMounts.Shell($"umount {host.At("releases")}");
    });

    private static PosixError? Copy(string from, string to, out TreeCopy copy, Func<bool>? mayGoOn = null)
    {
        OpenDirectory.OpenPath(from, out var source).Should().BeNull();
        OpenDirectory.OpenPath(to, out var target).Should().BeNull();
        using (source)
        using (target)
        {
            copy = new TreeCopy(_ => { }, mayGoOn ?? (() => true));
            return copy.Copy(source, new FileName("tree"), target, new FileName("tree"));
        }
    }

    private static PosixError? Remove(string parent)
    {
        OpenDirectory.OpenPath(parent, out var directory).Should().BeNull();
        using (directory)
        {
            return new TreeRemoval(() => true).Discard(directory, new FileName("tree"));
        }
    }

    /// <summary>Type, mode, owner, time, size, number of names, link text and name of everything, as find tells them.</summary>
    private string Listing(string tree) =>
        Output($"cd {_folder.At(tree)} && find . \\( -type d -printf '%y %m %U:%G %T@ - %p\\0' \\) -o -printf '%y %m %U:%G %T@ %s %n %l %p\\0' | sort -z | tr '\\0' '\\n'");

    private static string Output(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.Latin1 };
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    private unsafe int SetAttribute(string name)
    {
        fixed (byte* path = Encoding.UTF8.GetBytes(_folder.At(name) + "\0"), key = "user.test\0"u8, value = "value"u8)
        {
            return (int)Libc.SystemCall(SystemCallNumber.SetLinkAttribute, (nint)path, (nint)key, (nint)value, 5, 0);
        }
    }

    private unsafe string Attribute(string name)
    {
        var buffer = new byte[16];
        fixed (byte* path = Encoding.UTF8.GetBytes(_folder.At(name) + "\0"), key = "user.test\0"u8, value = buffer)
        {
            var length = Libc.SystemCall(SystemCallNumber.GetLinkAttribute, (nint)path, (nint)key, (nint)value, buffer.Length, 0);
            return length < 0 ? "none" : Encoding.UTF8.GetString(buffer, 0, (int)length);
        }
    }
}
