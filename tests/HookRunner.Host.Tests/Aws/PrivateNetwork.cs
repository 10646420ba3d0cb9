using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Aws;

/// <summary>Runs on a thread with a network of its own, in which nothing is up yet; sockets and children of the thread are in it.</summary>
internal static class PrivateNetwork
{
    private const int NewNetworkNamespace = 0x40000000;

    private static readonly long Unshare = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 97 : 272;

    public static void Run(Action act)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Libc.SystemCall(Unshare, NewNetworkNamespace, 0, 0, 0, 0).Should().Be(0, "these tests run as root");
                act();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
