using System.Text;
using HookRunner.Core.Checking;

namespace HookRunner.Host.Bundles;

/// <summary>A bundle's files as a check wants to know them.</summary>
internal sealed class BundleFiles(string folder)
{
    private const int LargestText = 256 * 1024;

    private readonly Dictionary<string, BundleEntry?> _known = new(StringComparer.Ordinal);

    /// <summary>What is at a path relative to the bundle, links followed; null where nothing is, or nothing that can be read.</summary>
    public BundleEntry? Entry(string path)
    {
        if (!_known.TryGetValue(path, out var entry))
        {
            _known[path] = entry = Read(Path.Join(folder, path));
        }

        return entry;
    }

    private static BundleEntry? Read(string path)
    {
        try
        {
            return Directory.Exists(path) ? new BundleEntry { IsDirectory = true }
                : File.Exists(path) ? ReadFile(path)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new BundleEntry();
        }
    }

    private static BundleEntry ReadFile(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var start = Start(path);
        var isBinary = start.AsSpan().StartsWith("\u007fELF"u8);
        return new BundleEntry
        {
            IsExecutable = (File.GetUnixFileMode(path) & anyExecute) != 0,
            IsBinary = isBinary,
            Text = isBinary || start.Length > LargestText || start.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(start),
        };
    }

    /// <summary>One byte more than is read as text, so that a longer file shows.</summary>
    private static byte[] Start(string path)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[LargestText + 1];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
