using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// Turns the first process of new mount, pid, ipc, uts and (without `--network`) network namespaces into the first process
/// of a private copy of this machine.
/// </summary>
internal static class Sandbox
{
    /// <summary>An error means that this machine does not allow it; nothing has happened then.</summary>
    /// <param name="notes">What is not as on the machine, for people.</param>
    public static PosixError? Enter(SimulationRequest request, out ImmutableArray<string> notes)
    {
        notes = [];
        var needed = Needed(request);
        var run = RunDirectory.Remember(request.Network);
        var mounts = MountPoint.ReadAll();
        if (SandboxStore.Open(needed, request.Sandbox, out var store) is { } closed)
        {
            return closed;
        }

        var error = new MachineView(store, mounts).Build()
            ?? KernelDirectories.Build(store)
            ?? run.Build(store)
            ?? HideState(store)
            ?? ShowNeeded(needed, store)
            ?? Mounts.MoveRootTo(store.Root)
            ?? (request.Network ? null : Namespaces.RaiseLoopback());
        if (request.Sandbox == SandboxKind.Root)
        {
            Namespaces.DropMachineCapabilities();
        }

        notes = [.. store.Unchangeable.Select(path => $"{path} cannot be changed in this simulation")];
        return error;
    }

    /// <summary>
    /// hookrunner's own state is root's, file by file: in a user namespace nothing could be read or locked of it, so there a
    /// simulation begins without any.
    /// </summary>
    private static PosixError? HideState(SandboxStore store)
    {
        string[] state = store.Kind == SandboxKind.User ? ["/var/lib/hookrunner", "/var/log/hookrunner"] : [];
        PosixError? error = null;
        foreach (var path in state.Select(store.InRoot).Where(Directory.Exists))
        {
            error ??= Mounts.New("tmpfs", path, "mode=0755");
        }

        return error;
    }

    /// <summary>A build that needs the shared framework needs its own folder too, the native one itself alone.</summary>
    private static ImmutableArray<string> Needed(SimulationRequest request) =>
    [
        request.Bundle,
        .. request.From is { } from ? [from] : ImmutableArray<string>.Empty,
        .. request.Executable.Runtime is { } runtime
            ? [Path.GetDirectoryName(request.Executable.Path)!, runtime]
            : ImmutableArray.Create(request.Executable.Path),
    ];

    /// <summary>A bundle or an executable in a place that the sandbox has its own of, such as /run or /dev/shm.</summary>
    private static PosixError? ShowNeeded(ImmutableArray<string> needed, SandboxStore store)
    {
        PosixError? error = null;
        foreach (var path in needed.Where(path => MachineView.IsReplaced(path) || !Path.Exists(store.InRoot(path))))
        {
            var target = store.InRoot(path);
            var isFile = File.Exists(path);
            error ??= PosixPath.MakeDirectories(isFile ? Path.GetDirectoryName(target)! : target, 0x1ED);
            if (isFile && error is null)
            {
                File.WriteAllBytes(target, []);
            }

            error ??= Mounts.Bind(path, target) ?? Mounts.MakeReadOnly(target);
        }

        return error;
    }
}
