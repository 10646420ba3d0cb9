using HookRunner.Core.Checking;
using HookRunner.Host.Bundles;

namespace HookRunner.Host.Tests.Bundles;

public sealed class BundleFilesSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hookrunner-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_script_is_known_by_its_text_and_x_bit()
    {
        Write("a.sh", "#!/bin/sh\n"u8, UnixFileMode.UserRead | UnixFileMode.GroupExecute);

        Entry("a.sh").Should().Be(new BundleEntry { IsExecutable = true, Text = "#!/bin/sh\n" });
    }

    [Fact]
    public void A_program_is_known_by_its_first_bytes()
    {
        Write("tool", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2], UnixFileMode.UserRead);

        Entry("tool").Should().Be(new BundleEntry { IsBinary = true });
    }

    [Fact]
    public void What_is_no_text_or_a_long_one_has_none()
    {
        Write("image", [1, 0, 2], UnixFileMode.UserRead);
        Write("long", new byte[300_000].Select(_ => (byte)'a').ToArray(), UnixFileMode.UserRead);

        (Entry("image")!.Text, Entry("long")!.Text).Should().Be((null, null));
    }

    [Fact]
    public void Links_are_followed_and_what_is_not_there_is_nothing()
    {
        Directory.CreateDirectory(Path.Join(_folder, "scripts"));
        File.CreateSymbolicLink(Path.Join(_folder, "dangling"), "nowhere");
        File.CreateSymbolicLink(Path.Join(_folder, "link"), "scripts");

        (Entry("scripts")!.IsDirectory, Entry("link")!.IsDirectory, Entry("dangling"), Entry("gone")).Should().Be((true, true, null, null));
    }

    private BundleEntry? Entry(string path) => new BundleFiles(_folder).Entry(path);

    private void Write(string name, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var path = Path.Join(_folder, name);
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, mode);
    }
}
