using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Script;

namespace HookRunner.Host.Steps;

/// <summary>`script: PATH` or `{path, args, strict}`: a script of the bundle, started through its interpreter.</summary>
internal sealed record ScriptAction(Template Path, ImmutableArray<Template> Arguments, string Strict) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "script",
        Summary = "runs a script of the bundle through the interpreter of its `#!` line; shells stop at the first failure",
        Keys =
        [
            new KindKey("path", ValueShape.Path, "the script, relative to the bundle", Required: true),
            new KindKey("args", ValueShape.TextList, "its arguments"),
            new KindKey("strict", ValueShape.Text,
                "`errexit` (`-e`), `full` (`-euo pipefail`, for sh and dash `-eu`) or `off`; for sh, dash, bash and ksh alone", "errexit")
            {
                Words = ["errexit", "full", "off"],
            },
        ],
        Shorthand = "path",
        StartsProgram = true,
        Read = Read,
    };

    public override string Subject => Path.ToString();

    public override IEnumerable<Template> Sources => [Path];

    public override string Describe() =>
        $"run {WordText.Join([Path, .. Arguments])}{(Strict == "off" ? " without errexit" : Strict == "full" ? ", strictly" : "")}";

    /// <summary>The words to start for a file that was looked at; empty where it cannot be run.</summary>
    public static ImmutableArray<string> Words(ScriptFile file, string path, string strict) => file switch
    {
        ScriptFile.Binary => [path],
        ScriptFile.Bare => ["sh", .. Flags("sh", strict), path],
        ScriptFile.Interpreted { Interpreter: var interpreter, Option: var option } =>
        [
            interpreter,
            .. option is null ? ImmutableArray<string>.Empty : [option],
            .. Flags(ShellName.Of(interpreter, option), strict),
            path,
        ],
        ScriptFile.Unusable => [],
        _ => throw new UnreachableException($"unhandled {file}"),
    };

    public override StepOutcome Run(StepRun run)
    {
        var path = run.InBundle(Path.Text);
        var file = ScriptFile.Inspect(path);
        if (file is ScriptFile.Unusable unusable)
        {
            return new StepOutcome.Failed(unusable.Reason, unusable.Remedy, Exit: 126);
        }

        if (file is ScriptFile.Interpreted { Interpreter: ['/', ..] interpreter } && !File.Exists(interpreter))
        {
            return new StepOutcome.Failed(
                $"`{Path}` names the interpreter `{interpreter}`, which is not there",
                "install it, or name another in its first line", Exit: 127);
        }

        foreach (var note in Notes(file))
        {
            run.Say($"note: {note}");
        }

        return run.Judge(run.RunProgram([.. Words(file, path, Strict), .. Arguments.Select(argument => argument.Text)]), Subject);
    }

    private static ImmutableArray<string> Notes(ScriptFile file) => file switch
    {
        ScriptFile.Interpreted interpreted => interpreted.Notes,
        ScriptFile.Bare bare => [.. bare.Notes, "no `#!` line: run by sh"],
        _ => [],
    };

    private static ImmutableArray<string> Flags(string? shell, string strict) => (shell, strict) switch
    {
        (null, _) or (_, "off") => [],
        ("sh" or "dash", "full") => ["-eu"],
        (_, "full") => ["-euo", "pipefail"],
        _ => ["-e"],
    };

    private static ScriptAction? Read(StepFields fields)
    {
        var path = fields.Source("path");
        var arguments = fields.TextList("args");
        var strict = fields.Word("strict", "errexit", "full", "off") ?? "errexit";
        return path is null ? null : new ScriptAction(path, arguments, strict);
    }
}
