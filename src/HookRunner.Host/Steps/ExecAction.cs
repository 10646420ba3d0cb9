using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Host.Steps;

/// <summary>`exec: [PROGRAM, ARG...]`: a program whose words are taken as they are.</summary>
internal sealed record ExecAction(CommandText.Program Command) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "exec",
        Summary = "starts a program without a shell; each item of the list is one argument, whatever it holds",
        Keys =
        [
            new KindKey("words", ValueShape.TextList, "the program and its arguments", Required: true)
            {
                Remedy = "write `[program, argument]`, or use `run:` for a text",
            },
        ],
        Shorthand = "words",
        ShorthandOnly = true,
        StartsProgram = true,
        CanCapture = true,
        Read = Read,
    };

    public override string Subject => Command.ToString();

    public override string Describe() => $"start {WordText.Join(Command.Words)}";

    public override StepOutcome Run(StepRun run) => run.Judge(run.RunProgram(Command), Subject);

    private static ExecAction? Read(StepFields fields)
    {
        if (fields.Node("words") is not YamlList)
        {
            return null;
        }

        var words = fields.TextList("words");
        if (words.Length == 0)
        {
            fields.Error("words", "`exec` is empty; expected a list of the program and its arguments");
            return null;
        }

        if (words[0] is { IsComplete: true, Text.Length: 0 })
        {
            fields.Diagnostics.Error(words[0].Location, "the program's name is empty");
            return null;
        }

        return new ExecAction(new CommandText.Program(fields.Location, words));
    }
}
