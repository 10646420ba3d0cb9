using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>What stands under a kind's word: its fields, and every command among them.</summary>
internal sealed class KindValueReader(FileContext context)
{
    private readonly ShellText _shellText = new(context);

    public void Check(StepDeclaration step)
    {
        if (step.Kind is not { } kind)
        {
            return;
        }

        var fields = new StepFields(kind, step.Value, context.Scope, context.Diagnostics);
        if (!kind.Table.Takes(step.Value))
        {
            return;
        }

        kind.Read(fields);
        switch (step.Value)
        {
            case YamlMap map:
                CheckCommands(kind, map, step.Body);
                break;
            case { } value when kind.Name is "run" or "exec":
                _shellText.CheckCommand(value, kind.Name, step.Body);
                break;
            default:
                break;
        }
    }

    private void CheckCommands(StepKind kind, YamlMap value, YamlMap step)
    {
        foreach (var entry in value.Entries)
        {
            if (kind.Table.Find(entry.Key)?.Shape is ValueShape.Command)
            {
                _shellText.CheckCommand(entry.Value, entry.Key, step);
            }
        }
    }
}
