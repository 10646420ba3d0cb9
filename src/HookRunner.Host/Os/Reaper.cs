namespace HookRunner.Host.Os;

/// <summary>
/// Takes the status of every child that has ended, for a process that starts none through the framework. Orphans of a hook
/// become children of the first process of its namespace: unreaped, `kill -0` would still find them, and a script that
/// waits for a server to go would wait for ever.
/// </summary>
internal static class Reaper
{
    private const int NoHang = 1;

    /// <summary>The status of <paramref name="wanted"/> where it is among those that have ended, as wait4(2) gives it.</summary>
    public static unsafe int? Collect(int wanted)
    {
        int? found = null;
        int status, process;
        while ((process = Libc.Wait(-1, &status, NoHang, null)) > 0)
        {
            found = process == wanted ? status : found;
        }

        return found;
    }
}
