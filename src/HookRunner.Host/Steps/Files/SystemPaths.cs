namespace HookRunner.Host.Steps.Files;

/// <summary>Directories that belong to the system or to all: a deployment neither removes them nor gives them away.</summary>
internal static class SystemPaths
{
    private static readonly HashSet<string> Known =
    [
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib32", "/lib64", "/libx32", "/lost+found", "/media", "/mnt", "/opt",
        "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var",
        "/etc/cron.d", "/etc/init.d", "/etc/pam.d", "/etc/profile.d", "/etc/security", "/etc/ssh", "/etc/ssl", "/etc/sudoers.d",
        "/etc/systemd", "/etc/systemd/system", "/etc/sysconfig", "/run/systemd", "/run/lock", "/run/user",
        "/usr/bin", "/usr/games", "/usr/include", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/local", "/usr/sbin",
        "/usr/share", "/usr/src", "/usr/local/bin", "/usr/local/etc", "/usr/local/lib", "/usr/local/sbin", "/usr/local/share",
        "/var/cache", "/var/lib", "/var/local", "/var/lock", "/var/log", "/var/mail", "/var/opt", "/var/run", "/var/spool", "/var/tmp",
    ];

    private static readonly string[] Kernel = ["/dev", "/proc", "/sys"];

    /// <summary>One of them, or someone's home. The path is plain: absolute, without `.`, `..` and double slashes.</summary>
    public static bool Holds(string path) =>
        Known.Contains(path) || (path.StartsWith("/home/", StringComparison.Ordinal) && path.LastIndexOf('/') == "/home".Length);

    /// <summary>Where the kernel keeps no files but itself.</summary>
    public static bool IsOfKernel(string path) =>
        Array.Exists(Kernel, top => path == top || path.StartsWith(top + "/", StringComparison.Ordinal));
}
