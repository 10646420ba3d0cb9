using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// In a user namespace the machine's root is nobody, and its directories can be written by nobody. So they are made
/// beforehand in the upper layer, owned by the namespace's root; and the small files of /etc with them. What stays out of
/// reach: changing any other file of the machine in place (replacing it works).
/// </summary>
internal static class OwnedDirectories
{
    private const int Most = 20_000;
    private const long LargestFile = 64 * 1024;

    private static readonly EnumerationOptions WithoutLinks = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    public static void Make(string source, string upper)
    {
        var queue = new Queue<(string Source, string Upper, int Depth)>([(source, upper, Depth(source))]);
        for (var made = 0; made < Most && queue.TryDequeue(out var item); made++)
        {
            if (source == "/etc")
            {
                CopyFiles(item.Source, item.Upper);
            }

            foreach (var directory in item.Depth > 0 ? DirectoriesIn(item.Source) : [])
            {
                var target = Path.Join(item.Upper, directory.Name);
                MakeDirectory(directory, target);
                queue.Enqueue((directory.FullName, target, item.Depth - 1));
            }
        }
    }

    /// <summary>Where deployments write. /usr holds tens of thousands of directories, and /tmp what is anybody's already.</summary>
    private static int Depth(string source) => source switch
    {
        "/tmp" => 0,
        "/usr" => 3,
        _ => 16,
    };

    /// <summary>None of one that has gone since it was listed: the machine goes on meanwhile. What is told of each is read here.</summary>
    private static DirectoryInfo[] DirectoriesIn(string path)
    {
        try
        {
            return Array.FindAll(new DirectoryInfo(path).GetDirectories("*", WithoutLinks), directory => directory.Exists);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static void MakeDirectory(DirectoryInfo source, string target)
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(target, source.UnixFileMode | own);
    }

    private static bool IsSmallFile(FileInfo file) =>
        FileStatus.Of(file.FullName, out var status) is null && status is { IsFile: true, Size: < LargestFile };

    private static void CopyFiles(string source, string target)
    {
        foreach (var file in new DirectoryInfo(source).EnumerateFiles("*", WithoutLinks).Where(IsSmallFile))
        {
            try
            {
                file.CopyTo(Path.Join(target, file.Name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Unreadable for this user: the machine's own stays in sight, as unreadable as before.
            }
        }
    }
}
