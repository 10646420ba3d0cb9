using System.Globalization;

namespace HookRunner.Host.Tests.Processes;

/// <summary>A control group of a test's own that limits memory (version 1 or 2 of cgroups), gone with it.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private static int _count;

    public MemoryGroup(long limit)
    {
        var isFirstVersion = Directory.Exists("/sys/fs/cgroup/memory");
        var name = string.Create(CultureInfo.InvariantCulture, $"hr-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        Path = System.IO.Path.Join(isFirstVersion ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup", name);
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Join(Path, isFirstVersion ? "memory.limit_in_bytes" : "memory.max"), limit.ToString(CultureInfo.InvariantCulture));
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path);
}
