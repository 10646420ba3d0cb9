using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>/proc of the sandbox's own processes, /sys and /dev, without a way to change the machine.</summary>
internal static class KernelDirectories
{
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom", "tty"];

    /// <summary>Where root's writes would reach the whole machine.</summary>
    private static readonly string[] Writable = ["sys", "sysrq-trigger", "irq", "bus", "fs"];

    public static PosixError? Build(SandboxStore store)
    {
        foreach (var name in (string[])["/proc", "/sys", "/dev", "/run"])
        {
            _ = PosixPath.MakeDirectory(store.InRoot(name), 0x1ED);
        }

        return BuildProcesses(store.InRoot("/proc")) ?? BuildDevices(store.InRoot("/dev")) ?? BuildSystem(store.InRoot("/sys"));
    }

    private static PosixError? BuildProcesses(string proc)
    {
        var error = Mounts.New("proc", proc);
        foreach (var path in Writable.Select(name => Path.Join(proc, name)).Where(Path.Exists))
        {
            error ??= Mounts.Bind(path, path) ?? Mounts.MakeReadOnly(path);
        }

        return error;
    }

    /// <summary>Without one of its own (network shared in a user namespace), the machine's is shown; without both, none.</summary>
    private static PosixError? BuildSystem(string sys)
    {
        _ = Mounts.New("sysfs", sys) is null ? Mounts.MakeReadOnly(sys) : Mounts.BindTree("/sys", sys) ?? Mounts.MakeReadOnly(sys);
        return null;
    }

    private static PosixError? BuildDevices(string dev)
    {
        var error = Mounts.New("tmpfs", dev, "mode=0755");
        foreach (var name in Devices)
        {
            var path = Path.Join(dev, name);
            File.WriteAllBytes(path, []);
            error ??= Mounts.Bind("/dev/" + name, path);
        }

        foreach (var (name, target) in (ReadOnlySpan<(string, string)>)[("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2"), ("ptmx", "pts/ptmx")])
        {
            error ??= PosixPath.Symlink(target, Path.Join(dev, name));
        }

        return error
            ?? PosixPath.MakeDirectory(Path.Join(dev, "pts"), 0x1ED)
            ?? Mounts.New("devpts", Path.Join(dev, "pts"), "newinstance,ptmxmode=0666,mode=0620")
            ?? PosixPath.MakeDirectory(Path.Join(dev, "shm"), 0x1ED)
            ?? Mounts.New("tmpfs", Path.Join(dev, "shm"), "mode=1777");
    }
}
