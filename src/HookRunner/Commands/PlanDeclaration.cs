using System.CommandLine;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>`hookrunner plan [EVENT...] --group GROUP`.</summary>
internal sealed class PlanDeclaration
{
    private readonly Argument<string[]> _events = new("event") { Description = "Lifecycle events, or `rollback`; default: all events that have steps", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "All events, those without steps too" };
    private readonly Option<string[]> _difference = new("--diff") { Description = "Two deployment groups or environments: what they do differently", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _json = new("--json") { Description = "For programs" };
    private readonly TargetOptions _target = new();

    public static Command Make(AgentVariables variables) => new PlanDeclaration().Declare(variables);

    private Command Declare(AgentVariables variables)
    {
        var command = new Command("plan", "Shows what would run, and touches nothing") { _events, _all, _difference, _json };
        _target.AddTo(command);
        command.SetAction(result => PlanCommand.Run(Read(result), variables, Console.Out));
        return command;
    }

    private PlanCommandOptions Read(ParseResult result) => new()
    {
        Target = _target.Read(result),
        Events = [.. result.GetValue(_events) ?? []],
        All = result.GetValue(_all),
        Difference = result.GetValue(_difference) is [var first, var second] ? (first, second) : null,
        Json = result.GetValue(_json),
    };
}
