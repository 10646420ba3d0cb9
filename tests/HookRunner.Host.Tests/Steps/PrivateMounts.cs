using System.Runtime.ExceptionServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>Runs on a thread with a mount namespace of its own, which ends with it: nothing is seen outside or left behind.</summary>
internal static class PrivateMounts
{
    private const int NewMountNamespace = 0x20000;

    private static readonly long Unshare =
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? 97 : 272;

    public static void Run(Action act)
    {
        Skip.IfNot(Libc.EffectiveUserId() == 0, "needs root, for mounts of its own");
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Libc.SystemCall(Unshare, NewMountNamespace, 0, 0, 0, 0).Should().Be(0);
                Shell("mount --make-rprivate /");
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

    /// <summary>Children of the thread share its mounts.</summary>
    public static void Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start("sh", ["-ec", command]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0, command);
    }
}
