using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes.Background;

/// <summary>
/// What a launcher becomes. It is handed over in a file that has no name (memory, where the kernel can), so that neither a
/// command line nor a disk holds an environment that may have secrets in it.
/// </summary>
/// <param name="Path">Of the program; absolute.</param>
/// <param name="Request">Everything else of it.</param>
/// <param name="Limit">The soft and hard limit of open files.</param>
internal sealed record LaunchSpec(string Path, ProcessRequest Request, (ulong Soft, ulong Hard) Limit)
{
    private const string First = "hookrunner background 1";
    private const int OpenFiles = 7;
    private const uint CloseOnExec = 1;

    /// <summary>With the limits that any program of a step gets.</summary>
    public static unsafe LaunchSpec For(string path, ProcessRequest request)
    {
        var limits = stackalloc ulong[2];
        _ = Libc.GetResourceLimit(OpenFiles, limits);
        var soft = request.OpenFiles is { } wanted ? (ulong)wanted : limits[0];
        return new LaunchSpec(path, request, (soft, Math.Max(soft, limits[1])));
    }

    /// <summary>A descriptor, close-on-exec, that another process can open as /proc/PID/fd/NUMBER.</summary>
    public PosixError? Write(out FileDescriptor file)
    {
        var descriptor = (int)Libc.CreateNamelessFile("hookrunner-background", CloseOnExec);
        file = FileDescriptor.Over(descriptor, "a file in memory");
        return descriptor < 0
            ? new PosixError("create a file in memory", System.Runtime.InteropServices.Marshal.GetLastPInvokeError())
            : file.Write(Encoding.UTF8.GetBytes(string.Join('\0', Fields())), out _);
    }

    /// <summary>Null where it is none, or somebody else's: the process that held it may have gone, and its pid come back.</summary>
    public static LaunchSpec? Read(string file)
    {
        if (FileStatus.Followed(file, out var status) is not null || status.User != Users.CurrentId)
        {
            return null;
        }

        var fields = Encoding.UTF8.GetString(ProcFile.ReadAll(file)).Split('\0');
        if (fields is not [First, var soft, var hard, var umask, var user, var id, var group, var folder, var path, var count, .. var rest])
        {
            return null;
        }

        var words = (int)Number(count);
        return new LaunchSpec(
            path,
            new ProcessRequest
            {
                Program = path,
                Arguments = [.. rest[..words]],
                Environment = rest[words..].Select(line => line.Split('=', 2)).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1]),
                WorkingDirectory = folder,
                User = user.Length == 0 ? null : new UserAccount(user, (uint)Number(id), (uint)Number(group), "", ""),
                Umask = (uint)Number(umask),
                Deadline = default,
            },
            (Number(soft), Number(hard)));
    }

    private IEnumerable<string> Fields() =>
    [
        First, Text(Limit.Soft), Text(Limit.Hard), Text(Request.Umask),
        Request.User?.Name ?? "", Text(Request.User?.Id ?? 0), Text(Request.User?.GroupId ?? 0),
        Request.WorkingDirectory, Path, Text((ulong)Request.Arguments.Length), .. Request.Arguments,
        .. Request.Environment.Select(pair => $"{pair.Key}={pair.Value}"),
    ];

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
