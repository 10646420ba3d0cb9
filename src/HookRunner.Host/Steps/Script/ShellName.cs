namespace HookRunner.Host.Steps.Script;

/// <summary>Tells which shell a `#!` line means, through `env` as well.</summary>
internal static class ShellName
{
    private static readonly string[] Known = ["sh", "dash", "bash", "ksh"];

    /// <summary>`sh`, `dash`, `bash` or `ksh`; null for anything else.</summary>
    public static string? Of(string interpreter, string? option)
    {
        var name = Last(interpreter);
        if (name == "env")
        {
            name = Last(Program(option ?? ""));
        }

        return Array.Find(Known, known => known == name);
    }

    /// <summary>The program that env would start: after its own options and assignments.</summary>
    private static string Program(string option) => option
        .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word[0] != '-' && !word.Contains('=', StringComparison.Ordinal)) ?? "";

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
