using System.Buffers;
using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps;

/// <summary>What stands around a command: the shell of its step, and what that reads first.</summary>
/// <param name="Shell">`bash` or `sh`.</param>
/// <param name="IsLogin">Whether it is a login shell (`login: true`).</param>
/// <param name="SourceFiles">Absolute paths of the files of `source:`, read in this order.</param>
internal sealed record ShellSettings(string Shell, bool IsLogin, ImmutableArray<string> SourceFiles)
{
    public static ShellSettings Bash { get; } = new("bash", false, []);

    public bool ReadsFiles => IsLogin || SourceFiles.Length > 0;
}

/// <summary>Turns a command as written into the words of the program to start. Values travel as arguments, never as shell text.</summary>
internal static class ShellCommand
{
    private const string Builtins = """
        : . [ alias bg bind break builtin caller cd chdir command compgen complete compopt continue declare dirs disown echo
        enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf
        pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit
        umask unalias unset wait if then elif else fi time for in until while do done case esac coproc select function
        """;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \t_./:=@%+,-");

    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    private static readonly HashSet<string> NeedShell = [.. Builtins.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The words for a command whose templates are complete.</summary>
    public static ImmutableArray<string> Words(CommandText command, ShellSettings settings) => command switch
    {
        CommandText.Program program => ForProgram([.. program.Words.Select(word => word.Text)], settings),
        CommandText.Shell shell => ForText(shell.Text, settings),
        _ => throw new System.Diagnostics.UnreachableException($"unhandled {command}"),
    };

    /// <summary>
    /// The words for a text: those of the text itself where it starts without a shell, else a shell that stops at the
    /// first failure. Files that a shell reads first are read without errexit: profiles are not written for it.
    /// </summary>
    public static ImmutableArray<string> ForText(string text, ShellSettings settings)
    {
        var strict = settings.Shell == "sh" ? "-eu" : "-euo pipefail";
        if (settings.ReadsFiles)
        {
            return [.. Shell(settings, $"{Sourcing(settings)}set {strict}; {text}"), .. settings.SourceFiles];
        }

        return StartsDirectly(text)
            ? [.. text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)]
            : [settings.Shell, .. strict.Split(' '), "-c", text];
    }

    /// <summary>The words for a program: itself, or a shell that reads its files and then becomes the program.</summary>
    public static ImmutableArray<string> ForProgram(ImmutableArray<string> words, ShellSettings settings) =>
        settings.ReadsFiles
            ? [.. Shell(settings, Sourcing(settings) + "exec \"$@\""), .. settings.SourceFiles, .. words]
            : words;

    /// <summary>
    /// Whether a text says the same to a shell and to us: one line of plain characters whose first word is no builtin,
    /// keyword or assignment.
    /// </summary>
    public static bool StartsDirectly(string text)
    {
        var line = text.AsSpan().Trim(Blanks);
        if (line.Length == 0 || line.ContainsAnyExcept(Plain))
        {
            return false;
        }

        var end = line.IndexOfAny(' ', '\t');
        var first = (end < 0 ? line : line[..end]).ToString();
        return !first.Contains('=', StringComparison.Ordinal) && first[0] != '%' && !NeedShell.Contains(first);
    }

    private static ImmutableArray<string> Shell(ShellSettings settings, string script) => settings.IsLogin
        ? [settings.Shell, "-l", "-c", script, settings.Shell]
        : [settings.Shell, "-c", script, settings.Shell];

    /// <summary>Reads each file named by the leading arguments and takes it off them. Its own last status does not count.</summary>
    private static string Sourcing(ShellSettings settings) => string.Concat(Enumerable.Repeat(
        "[ -r \"$1\" ] || { echo \"source: cannot read $1\" >&2; exit 1; }; . \"$1\"; shift; ",
        settings.SourceFiles.Length));
}
