using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Service;

namespace HookRunner.Host.Steps.Background;

/// <summary>The name that a background program goes by: of its unit, and of its mark where there is no systemd.</summary>
internal static class BackgroundName
{
    private const string Ending = ".service";

    private static readonly char[] Blanks = [' ', '\t', '\n'];

    /// <summary>What is wrong with a name as written; null where nothing is.</summary>
    public static string? Mistake(string unit) => UnitName.Mistake(unit)
        ?? (UnitName.Full(unit).EndsWith(Ending, StringComparison.Ordinal) ? null : $"`{unit}` is no service; expected a name such as `web` or `web.service`");

    /// <summary>Without `.service`, and without what no unit may be called.</summary>
    public static string Plain(string unit)
    {
        var name = unit.EndsWith(Ending, StringComparison.Ordinal) ? unit[..^Ending.Length] : unit;
        return string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || ":-_.\\@".Contains(letter, StringComparison.Ordinal) ? letter : '_'));
    }

    /// <summary>
    /// `hookrunner-APPLICATION-` and what stays the same from one deployment to the next: the pid file's name, else that of
    /// the program or of the script that its interpreter runs.
    /// </summary>
    public static Template Default(Fields fields, CommandText command, Template? pidFile)
    {
        var name = pidFile is { IsComplete: true } ? Path.GetFileNameWithoutExtension(pidFile.Text) : ProgramOf(command);
        return Template.Parse($"hookrunner-${{application}}-{name.Replace("$", "$$", StringComparison.Ordinal)}", command.Location, fields.Diagnostics)
            .Resolve(fields.Scope, fields.Diagnostics);
    }

    private static string ProgramOf(CommandText command)
    {
        string[] words = command is CommandText.Program program
            ? [.. program.Words.Select(word => word.ToString())]
            : command.ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var first = words.FirstOrDefault() is { } word ? Path.GetFileName(word) : "";
        var script = RunningProgram.IsInterpreter(first) ? words.Skip(1).FirstOrDefault(next => !next.StartsWith('-')) : null;
        return script is null ? first : Path.GetFileName(script);
    }
}
