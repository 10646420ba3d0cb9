using System.CommandLine;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>`hookrunner status`, `log` and `rollback`: what they take from the command line.</summary>
internal static class HistoryDeclarations
{
    public static Command Status()
    {
        var (place, most) = (new Place(), new Option<int>("--last", "-n") { Description = "How many deployments", DefaultValueFactory = _ => 5 });
        var command = new Command("status", "Shows what is live here, who holds the lock, and how the last deployments went") { most };
        place.AddTo(command);
        command.SetAction(result => StatusCommand.Run(place.Read(result) with { Most = result.GetValue(most) }, Console.Out));
        return command;
    }

    public static Command Log()
    {
        var place = new Place();
        var deployment = new Argument<string?>("deployment") { Description = "Its id; default: the newest", Arity = ArgumentArity.ZeroOrOne };
        var item = new Argument<string?>("event") { Description = "Default: the newest that failed, else the newest", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("log", "Shows the whole output of an event's steps") { deployment, item };
        place.AddTo(command);
        command.SetAction(result => LogCommand.Run(new LogOptions(place.Read(result), result.GetValue(deployment), result.GetValue(item)), Console.Out));
        return command;
    }

    public static Command Rollback(AgentVariables variables)
    {
        var place = new Place();
        var to = new Option<string?>("--to") { Description = "A deployment's id or a release's name; default: one activation back" };
        var command = new Command("rollback", "Points the link back to the release before, and marks the one that is left as bad") { to };
        place.AddTo(command);
        command.SetAction(result => RollbackCommand.Run(new RollbackOptions(place.Read(result), result.GetValue(to)), Console.Out, (found, done) => RollbackSteps.Run(found, done, variables)));
        return command;
    }

    /// <summary>The options that say whose state is meant.</summary>
    private sealed class Place
    {
        private readonly Option<string?> _application = new("--application") { Description = "Which application, where several are recorded here" };
        private readonly Option<string?> _state = new("--state") { Description = "The folder for journal, locks and logs, where it is not the system's" };
        private readonly Option<bool> _json = new("--json") { Description = "For programs" };

        public void AddTo(Command command)
        {
            command.Add(_application);
            command.Add(_state);
            command.Add(_json);
        }

        public StatusOptions Read(ParseResult result) => new()
        {
            Application = result.GetValue(_application),
            State = result.GetValue(_state),
            Json = result.GetValue(_json),
        };
    }
}
