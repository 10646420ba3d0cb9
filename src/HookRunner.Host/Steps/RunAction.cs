using System.Globalization;
using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Host.Steps;

/// <summary>`run: TEXT`: a command, or a shell text that stops at its first failure.</summary>
internal sealed record RunAction(CommandText.Shell Command) : HostAction
{
    /// <summary>MAX_ARG_STRLEN of the kernel (execve(2)): one argument, its final NUL included.</summary>
    private const int LongestArgument = 128 * 1024;

    public static StepKind Kind { get; } = new()
    {
        Name = "run",
        Summary = "runs a command, or a shell text that stops at its first failure (`bash -euo pipefail`, or `sh -eu` with `shell: sh`)",
        Keys =
        [
            new KindKey("text", ValueShape.Text, "the command; never expanded: values reach it as environment variables", Required: true)
            {
                Remedy = "a program and its arguments are `exec: [...]`",
            },
        ],
        Shorthand = "text",
        ShorthandOnly = true,
        StartsProgram = true,
        CanCapture = true,
        Read = Read,
    };

    public override string Subject => Lines is [var only] ? only : $"{Lines[0]} ...";

    private string[] Lines => Command.Text.Trim().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public override string Describe() => ShellCommand.StartsDirectly(Command.Text)
        ? $"start {Lines[0]}"
        : $"run {string.Join(" \u23ce ", Lines)}";

    public override StepOutcome Run(StepRun run) => run.Judge(run.RunProgram(Command), Subject);

    private static RunAction? Read(StepFields fields)
    {
        if (fields.Node("text") is not YamlScalar { IsEmpty: false } scalar)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetByteCount(scalar.Text);
        var (message, remedy) = scalar.Text switch
        {
            var text when string.IsNullOrWhiteSpace(text) => ("`run` is empty; expected a command", null),
            _ when bytes >= LongestArgument => (
                $"`run` has {bytes.ToString(CultureInfo.InvariantCulture)} bytes; the kernel takes at most {LongestArgument - 1}",
                "put it in a file of the bundle and use `script:`"),
            _ => ((string?)null, (string?)null),
        };
        if (message is not null)
        {
            fields.Error("text", message, remedy);
            return null;
        }

        return new RunAction(new CommandText.Shell(scalar.Location, scalar.Text));
    }
}
