using System.Buffers.Text;
using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// Who is whose child. Asked of the kernel's `children` files, thread by thread; where it has none (no
/// CONFIG_PROC_CHILDREN), of one pass over all processes.
/// </summary>
internal sealed class ProcessTree
{
    private static readonly bool KernelListsChildren = File.Exists("/proc/thread-self/children");

    private readonly ILookup<int, int>? _children;
    private readonly byte[] _buffer = new byte[4096];

    public ProcessTree()
        : this(KernelListsChildren)
    {
    }

    /// <param name="asksKernel">False: one pass over all processes, whatever the kernel could say.</param>
    public ProcessTree(bool asksKernel) => _children = asksKernel ? null : ListAll();

    /// <summary>Every process of this pid namespace.</summary>
    public static IEnumerable<int> All()
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return id;
            }
        }
    }

    /// <summary>The children of a process. One that exits meanwhile can hide its neighbours: ask twice before believing in none.</summary>
    public IEnumerable<int> ChildrenOf(int id, int threads)
    {
        if (_children is not null)
        {
            return _children[id];
        }

        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task");
        return threads == 1
            ? ReadChildren(string.Create(CultureInfo.InvariantCulture, $"{folder}/{id}/children"))
            : ThreadsIn(folder).SelectMany(thread => ReadChildren(thread + "/children"));
    }

    private List<int> ReadChildren(string path)
    {
        var result = new List<int>();
        var text = ProcFile.Read(path, _buffer);
        text = text.Length < _buffer.Length ? text : ProcFile.ReadAll(path);
        while (Utf8Parser.TryParse(text, out int child, out var length))
        {
            result.Add(child);
            text = text[length..].TrimStart((byte)' ');
        }

        return result;
    }

    private static string[] ThreadsIn(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (IOException)
        {
            // The process has gone.
            return [];
        }
    }

    private static ILookup<int, int> ListAll() => All()
        .Select(ProcessStat.Read)
        .Where(stat => stat is not null)
        .ToLookup(stat => stat!.Value.Parent, stat => stat!.Value.Id);
}
