using System.Collections.Immutable;
using System.CommandLine;
using HookRunner.Simulation;

namespace HookRunner.Commands;

/// <summary>`hookrunner simulate [BUNDLE] --group GROUP`.</summary>
internal sealed class SimulateDeclaration
{
    private readonly Argument<string> _bundle = new("bundle") { Description = "The bundle's folder", DefaultValueFactory = _ => "." };
    private readonly Option<string> _group = new("--group", "-g") { Description = "The deployment group", Required = true };
    private readonly Option<string?> _application = new("--application") { Description = "The application; default: the folder's name" };
    private readonly Option<string?> _from = new("--from") { Description = "The bundle to deploy before, so that there is a previous revision" };
    private readonly Option<bool> _network = new("--network") { Description = "Let the hooks use this machine's network" };
    private readonly Option<string[]> _set = new("--set") { Description = "NAME=VALUE for a variable that is only known on an instance" };
    private readonly Option<string[]> _real = new("--real") { Description = "Do it and do not only record it: service, container, compose, config or report", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _events = new("--events") { Description = "Only these events, in this order, separated by commas; DownloadBundle and Install come first where not named" };
    private readonly Option<bool> _noSandbox = new("--no-sandbox") { Description = "Run on this machine itself, such as in a container that is thrown away" };
    private readonly Option<bool> _yes = new("--yes") { Description = "--no-sandbox is meant" };
    private readonly Option<bool> _json = new("--json") { Description = "The report as JSON" };

    public static Command Make() => new SimulateDeclaration().Declare();

    private Command Declare()
    {
        var command = new Command("simulate", "Runs a whole deployment as the agent does, in a private copy of this machine") { _bundle };
        foreach (var option in new Option[] { _group, _application, _from, _network, _set, _real, _events, _noSandbox, _yes, _json })
        {
            command.Add(option);
        }

        command.SetAction(result => SimulateCommand.Run(Read(result), Console.Out));
        return command;
    }

    private SimulateOptions Read(ParseResult result) => new()
    {
        Bundle = result.GetValue(_bundle)!,
        Group = result.GetValue(_group)!,
        Application = result.GetValue(_application),
        From = result.GetValue(_from),
        Network = result.GetValue(_network),
        Settings = [.. result.GetValue(_set) ?? []],
        Real = Words(result.GetValue(_real)),
        Events = Words(result.GetValue(_events)),
        NoSandbox = result.GetValue(_noSandbox),
        Yes = result.GetValue(_yes),
        Json = result.GetValue(_json),
    };

    private static ImmutableArray<string> Words(string[]? written) =>
        [.. (written ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries))];
}
