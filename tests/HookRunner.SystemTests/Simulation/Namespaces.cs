using System.ComponentModel;
using System.Diagnostics;

namespace HookRunner.SystemTests.Simulation;

/// <summary>Whether this machine allows namespaces; some desktops and most containers do not.</summary>
internal static class Namespaces
{
    private static readonly Lazy<bool> ForUs = new(() => Works("unshare", "--mount", "--pid", "--fork", "--net", "true"));
    private static readonly Lazy<bool> ForAnybody = new(() => Environment.IsPrivilegedProcess
        ? Works("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "unshare", "--user", "--map-root-user", "--mount", "true")
        : Works("unshare", "--user", "--map-root-user", "--mount", "true"));

    public static void Require() =>
        Skip.IfNot(ForUs.Value || ForAnybody.Value, "this machine allows no namespaces of one's own");

    public static void RequireForNobody() => Skip.IfNot(ForAnybody.Value, "this machine allows no user namespaces");

    private static bool Works(params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
