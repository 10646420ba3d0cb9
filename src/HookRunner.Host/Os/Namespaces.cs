using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>What the first process of new namespaces does to itself and to them.</summary>
internal static class Namespaces
{
    private const int SetParentDeathSignal = 1, DropFromBoundingSet = 24, KillSignal = 9;
    private const nuint GetInterfaceFlags = 0x8913, SetInterfaceFlags = 0x8914;

    /// <summary>
    /// Capabilities that reach what no namespace holds: modules, ports and memory of the machine, its clock, device nodes,
    /// its kernel log, its audit and access rules (capabilities(7)).
    /// </summary>
    private static readonly nuint[] OfTheWholeMachine = [16, 17, 22, 25, 27, 30, 32, 33, 34, 35, 36];

    /// <summary>This process dies with the one that started it.</summary>
    public static void DieWithParent() => _ = Libc.ProcessControl(SetParentDeathSignal, KillSignal, 0, 0, 0);

    /// <summary>Leaves the terminal: what is started later has none, as under the agent.</summary>
    public static void LeaveTerminal() => _ = Libc.NewSession();

    /// <summary>What the calling thread starts from now on cannot get these capabilities back, not even as root.</summary>
    public static void DropMachineCapabilities()
    {
        foreach (var capability in OfTheWholeMachine)
        {
            _ = Libc.ProcessControl(DropFromBoundingSet, capability, 0, 0, 0);
        }
    }

    /// <summary>A new network namespace has its loopback interface, but down (netdevice(7): ifreq, name then flags).</summary>
    public static unsafe PosixError? RaiseLoopback()
    {
        const int internet = 2, datagram = 2 | 0x80000;
        const short up = 1;
        var request = stackalloc byte[40];
        new Span<byte>(request, 40).Clear();
        "lo"u8.CopyTo(new Span<byte>(request, 16));
        var socket = Libc.Socket(internet, datagram, 0);
        var result = Libc.DeviceControl(socket, GetInterfaceFlags, request);
        *(short*)(request + 16) |= up;
        result = result < 0 ? result : Libc.DeviceControl(socket, SetInterfaceFlags, request);
        var number = Marshal.GetLastPInvokeError();
        _ = Libc.Close(socket);
        return result == 0 ? null : new PosixError("raise the loopback interface", number);
    }
}
