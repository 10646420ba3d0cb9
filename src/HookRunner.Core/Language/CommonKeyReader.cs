using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>The common keys of steps and defaults: their shapes, and whether they may stand there.</summary>
internal sealed class CommonKeyReader(FileContext context)
{
    /// <summary>What no default can say for many steps at once.</summary>
    private static readonly ImmutableArray<string> NoDefault = [.. CommonKeys.OfStepAlone, "capture", "secret"];

    private readonly VariableReader _variables = new(context);
    private readonly ShellText _shellText = new(context);

    /// <summary>The keys of `defaults:` with what they hold checked.</summary>
    public YamlMap Defaults(YamlMap body)
    {
        foreach (var entry in body.Entries.Where(entry => NoDefault.Contains(entry.Key)))
        {
            context.Diagnostics.Error(entry.KeyLocation, $"`{entry.Key}` in `defaults` would hold for every step", "write it at the step");
        }

        Check(body, "defaults");
        return body;
    }

    /// <summary>Each entry of `env_file` whose shape is right.</summary>
    public ImmutableArray<YamlNode> EnvironmentFiles(YamlNode node) =>
        [.. EnvironmentFileBlock.Entries(node).Where(entry => EnvironmentFileBlock.Read(entry, context.Scope, context.Diagnostics) is not null)];

    /// <summary>What stands under the common keys of one step, its kind's word left out.</summary>
    public void Check(YamlMap body, string name = "step")
    {
        var fields = new Fields(ProgramBlock.Table with { Name = name }, body, context.Scope, context.Diagnostics);
        fields.Text("name");
        fields.Flag("allow_failure");
        if (fields.Duration("timeout") == TimeSpan.Zero)
        {
            fields.Error("timeout", "`timeout` is 0; expected a duration above 0", "leave it out: only the event's end bounds the step then");
        }

        CheckConditions(body, "when");
        CheckConditions(body, "unless");
        if (body["retry"] is { } retry)
        {
            RetryBlock.Read(retry, context.Scope, context.Diagnostics);
        }

        if (body.Find("secret") is { } secret && body["capture"] is null)
        {
            context.Diagnostics.Error(secret.KeyLocation, "`secret` masks what `capture` keeps, and there is no `capture`");
        }

        ProgramBlock.Read(fields);
        _variables.Environment(body["env"]);
        foreach (var path in fields.TextList("path"))
        {
            PathRules.Destination(path, "path", context.Diagnostics);
        }

        if (body["env_file"] is { } files)
        {
            EnvironmentFiles(files);
        }
    }

    private void CheckConditions(YamlMap body, string key)
    {
        if (body[key] is not { } node)
        {
            return;
        }

        if (node is YamlMap { Entries.IsEmpty: true })
        {
            context.Diagnostics.Error(node.Location, $"`{key}` is empty; expected a condition", "for example `{ exists: /etc/myapp.conf }`");
        }

        ConditionBlock.Read(node, key, context.Scope, context.Diagnostics);
        if ((node as YamlMap)?["run"] is { } command)
        {
            _shellText.CheckCommand(command, $"{key}.run", body);
        }
    }
}
