using System.Diagnostics;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>What lets podman keep its containers, on runc, in a folder of a test's own.</summary>
internal static class PodmanFolder
{
    /// <summary>For CONTAINERS_CONF; without the line of `netns` containers have bridges.</summary>
    public const string Settings = """
        [containers]
        default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
        netns = "none"
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        """;

    /// <summary>For CONTAINERS_STORAGE_CONF.</summary>
    public static string Storage(string folder) =>
        $"[storage]\ndriver = \"overlay\"\ngraphroot = \"{folder}/graph\"\nrunroot = \"{folder}/run\"\n";

    /// <summary>Takes away a folder whose containers are gone: what watched them ends a moment after them.</summary>
    public static void Remove(string folder)
    {
        const string remove = """
            awk -v place="$0/" 'index($5, place) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -r umount --lazy
            for try in $(seq 50); do rm -rf --one-file-system "$0" 2>/dev/null && exit; sleep 0.1; done
            """;
        using var removal = Process.Start("sh", ["-c", remove, folder]);
        removal.WaitForExit();
    }
}
