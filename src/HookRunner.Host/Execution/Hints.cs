namespace HookRunner.Host.Execution;

/// <summary>Causes known by their signature, each with what to do next in one line.</summary>
internal static class Hints
{
    private static readonly (string Signature, string Hint)[] BySignature =
    [
        ("EADDRINUSE", "the port is in use: `ss -ltnp` names its process; did ApplicationStop run?"),
        ("Address already in use", "the port is in use: `ss -ltnp` names its process; did ApplicationStop run?"),
        ("address already in use", "the port is in use: `ss -ltnp` names its process; did ApplicationStop run?"),
        ("No space left on device", "a file system is full: `df -h` and `df -i` show which"),
        ("ENOSPC", "a file system is full: `df -h` and `df -i` show which"),
        ("Disk quota exceeded", "a disk quota is used up: `quota -v` shows it"),
        ("Cannot allocate memory", "out of memory: `free -m` and `dmesg | tail` show more"),
        ("Cannot find module", "a Node module is missing: was `npm ci` run in this release?"),
        ("MODULE_NOT_FOUND", "a Node module is missing: was `npm ci` run in this release?"),
        ("ModuleNotFoundError", "a Python module is missing: is the right virtual environment on `path:`?"),
        ("Could not find gem", "a gem is missing: was `bundle install` run in this release?"),
        ("EACCES", "permission denied: compare the owner and mode of that path with the step's `user:`"),
        ("Permission denied", "permission denied: compare the owner and mode of that path with the step's `user:`"),
        ("Could not get lock /var/lib", "another package manager is running: `retry:` waits for it"),
        ("unbound variable", "the shell stops at unset variables (`-u`): write ${NAME:-} where empty is meant"),
    ];

    /// <summary>The hint for an exit status and the last lines of output; null where nothing is known.</summary>
    public static string? For(int exit, IEnumerable<string> tail)
    {
        var lines = tail.ToList();
        return exit switch
        {
            127 => "127: a command was not found; `path:` adds folders to PATH (hooks have no login profile)",
            126 => "126: a command was found but is not executable, or its interpreter is not",
            137 => "137: killed by SIGKILL inside the command; `dmesg | grep -i oom` shows whether memory ran out",
            _ => null,
        } ?? BySignature.FirstOrDefault(known => lines.Any(line => line.Contains(known.Signature, StringComparison.Ordinal))).Hint;
    }

    /// <summary>The hint for a program that a signal ended.</summary>
    public static string? ForSignal(int signal) => signal switch
    {
        9 => "SIGKILL came from outside: `dmesg | grep -i oom` shows whether memory ran out",
        6 => "the program aborted itself: its last lines say why",
        11 or 7 or 4 => "the program crashed: `coredumpctl info` or its own log may say where",
        _ => null,
    };
}
