using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Os;

public sealed class ProgramFinderSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void The_first_executable_file_on_the_path_is_found()
    {
        Make("one/tool", "644");
        Directory.CreateDirectory(_folder["two/tool"]);
        Make("three/tool", "755");
        Make("four/tool", "755");

        ProgramFinder.Find("tool", string.Join(':', _folder["one"], _folder["gone"], _folder["two"], _folder["three"], _folder["four"]))
            .Should().Be(_folder["three/tool"]);
    }

    [Fact]
    public void An_empty_entry_of_the_path_does_not_mean_the_working_directory()
    {
        Make("tool", "755");

        ProgramFinder.Find("tool", ":/nowhere:.:", _folder.Path).Should().BeNull();
    }

    [Theory]
    [InlineData("/usr/bin/env", "/usr/bin/env")]
    [InlineData("bin/tool", "/srv/app/bin/tool")]
    [InlineData("./tool", "/srv/app/./tool")]
    public void A_program_with_a_slash_is_not_searched_for(string program, string path) =>
        ProgramFinder.Find(program, "/bin", "/srv/app").Should().Be(path);

    public void Dispose() => _folder.Dispose();

    private void Make(string name, string mode) =>
        File.SetUnixFileMode(_folder.Write(name, "#!/bin/sh\n"), (UnixFileMode)Convert.ToInt32(mode, 8));
}
