using System.CommandLine;

namespace HookRunner.Commands;

/// <summary>`hookrunner check [BUNDLE]`.</summary>
internal sealed class CheckDeclaration
{
    private readonly Argument<string> _bundle = new("bundle") { Description = "The bundle's folder", DefaultValueFactory = _ => "." };
    private readonly Option<string[]> _groups = new("--group", "-g") { Description = "Only for this deployment group; default: for names that every pattern of the file takes" };
    private readonly Option<bool> _json = new("--json") { Description = "For programs" };

    public static Command Make() => new CheckDeclaration().Declare();

    private Command Declare()
    {
        var command = new Command("check", "Finds mistakes in hookrunner.yml, appspec.yml and the bundle, for every environment and event") { _bundle, _groups, _json };
        command.SetAction(result => CheckCommand.Run(Read(result), Console.Out));
        return command;
    }

    private CheckOptions Read(ParseResult result) => new()
    {
        Bundle = result.GetValue(_bundle)!,
        Groups = [.. result.GetValue(_groups) ?? []],
        Json = result.GetValue(_json),
    };
}
