using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>What file, environment and role can each say about variables and programs.</summary>
internal sealed class LayerReader(FileContext context, CommonKeyReader commonKeys)
{
    private readonly VariableReader _variables = new(context);

    public Layer Read(YamlMap body)
    {
        var fields = new Fields(body, context.Scope, context.Diagnostics);
        return new Layer
        {
            Variables = _variables.Variables(body["vars"]),
            Environment = _variables.Environment(body["env"]),
            EnvironmentFiles = body["env_file"] is { } files ? commonKeys.EnvironmentFiles(files) : [],
            Path = [.. fields.TextList("path").Select(path => PathRules.Destination(path, "path", context.Diagnostics)).OfType<Template>()],
            Inherited = body["inherit_env"] is { } inherited ? ProgramBlock.Inherited(inherited, context.Diagnostics) : new(false, []),
            Defaults = body["defaults"] is YamlMap defaults ? commonKeys.Defaults(defaults) : null,
        };
    }
}
