using System.Collections.Immutable;
using System.CommandLine;

namespace HookRunner.Commands;

/// <summary>The options that stand for what the agent would say: the same words for every command that needs them.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string?> _group = new("--group", "-g") { Description = "The deployment group (DEPLOYMENT_GROUP_NAME)" };
    private readonly Option<string?> _application = new("--application") { Description = "The application (APPLICATION_NAME)" };
    private readonly Option<string?> _deployment = new("--deployment") { Description = "The deployment's id (DEPLOYMENT_ID)" };
    private readonly Option<string?> _bundle = new("--bundle") { Description = "The folder with hookrunner.yml; default: the executable's" };
    private readonly Option<string?> _state = new("--state") { Description = "The folder for journal, locks and logs" };
    private readonly Option<string[]> _set = new("--set") { Description = "NAME=VALUE for a variable that is only known later" };

    public void AddTo(Command command)
    {
        _set.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            {
                result.AddError($"`--set {wrong.Value}`: expected NAME=VALUE");
            }
        });
        foreach (var option in new Option[] { _group, _application, _deployment, _bundle, _state, _set })
        {
            command.Add(option);
        }
    }

    public RunOptions Read(ParseResult result) => new()
    {
        Group = result.GetValue(_group),
        Application = result.GetValue(_application),
        Deployment = result.GetValue(_deployment),
        Bundle = result.GetValue(_bundle),
        State = result.GetValue(_state),
        Set = Pairs(result.GetValue(_set) ?? []),
    };

    private static ImmutableSortedDictionary<string, string> Pairs(string[] written)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in written.Select(text => text.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            pairs[pair[0]] = pair[1];
        }

        return pairs.ToImmutable();
    }
}
