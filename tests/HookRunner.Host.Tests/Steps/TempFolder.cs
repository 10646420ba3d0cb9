using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("steps-").FullName;

    public string At(string name) => System.IO.Path.Join(Path, name);

    public string Write(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        File.SetUnixFileMode(At(name), mode);
        return At(name);
    }

    public string Make(string name) => Directory.CreateDirectory(At(name)).FullName;

    public string Link(string name, string target)
    {
        File.CreateSymbolicLink(At(name), target);
        return At(name);
    }

    /// <summary>Owner, group and mode: `33:33 0755`.</summary>
    public string Trait(string name)
    {
        FileStatus.Of(At(name), out var status).Should().BeNull();
        return $"{status.User}:{status.Group} {Convert.ToString(status.Permissions, 8).PadLeft(4, '0')}";
    }

    /// <summary>The names in it, or in a directory in it.</summary>
    public List<string> Left(string name = "") => Below(name, SearchOption.TopDirectoryOnly);

    /// <summary>The paths of all that is below a directory in it.</summary>
    public List<string> Tree(string name) => Below(name, SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private List<string> Below(string name, SearchOption depth) =>
    [
        .. Directory.EnumerateFileSystemEntries(At(name), "*", depth)
            .Select(path => System.IO.Path.GetRelativePath(At(name), path)).Order(StringComparer.Ordinal),
    ];
}
