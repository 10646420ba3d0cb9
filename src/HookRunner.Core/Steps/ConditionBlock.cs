using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>`when` and `unless`: their keys and how they read.</summary>
internal static class ConditionBlock
{
    private const string FirstRelease = "first_release";

    public static KeyTable Table { get; } = new(
        "when",
        [
            new("exists", ValueShape.TextOrList, "these paths exist"),
            new("missing", ValueShape.TextOrList, "these paths do not exist"),
            new("program", ValueShape.TextOrList, "these programs are found on the step's PATH"),
            new("unit", ValueShape.TextOrList, "systemd knows these units"),
            new("active", ValueShape.TextOrList, "these units are active"),
            new("user", ValueShape.TextOrList, "these users exist on this host"),
            new("run", ValueShape.Command, "this command ends 0"),
            new(FirstRelease, ValueShape.Flag, "before this deployment nothing was at the link; may stand alone as a word"),
        ]);

    /// <summary>The conditions in the order written; what is wrong is reported under <paramref name="key"/>.</summary>
    public static ImmutableArray<Condition> Read(YamlNode node, string key, IVariableScope scope, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar word)
        {
            return Word(word, key, diagnostics);
        }

        var fields = new Fields(Table with { Name = key }, node, scope, diagnostics);
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var entry in node is YamlMap map ? map.Entries : [])
        {
            Read(entry.Key, fields, conditions);
        }

        return conditions.DrainToImmutable();
    }

    private static ImmutableArray<Condition> Word(YamlScalar word, string key, DiagnosticBag diagnostics)
    {
        if (word.Text == FirstRelease)
        {
            return [new Condition.FirstRelease()];
        }

        diagnostics.Error(word.Location, $"`{key}` is `{word.Text}`; expected a mapping, or the word `{FirstRelease}`",
            "for example `{ exists: /etc/myapp.conf }`");
        return [];
    }

    private static void Read(string key, Fields fields, ImmutableArray<Condition>.Builder conditions)
    {
        switch (key)
        {
            case "run" when fields.Command(key) is { } command:
                conditions.Add(new Condition.Run(command));
                break;
            case FirstRelease when fields.Flag(key) is { } flag:
                AddFirstRelease(flag, fields, conditions);
                break;
            case "run" or FirstRelease:
                break;
            default:
                conditions.AddRange(fields.TextList(key).Select(text => Named(key, text, fields.Diagnostics)).OfType<Condition>());
                break;
        }
    }

    private static void AddFirstRelease(bool flag, Fields fields, ImmutableArray<Condition>.Builder conditions)
    {
        if (flag)
        {
            conditions.Add(new Condition.FirstRelease());
            return;
        }

        fields.Error(FirstRelease, $"`{FirstRelease}` is `false`; expected `true`",
            $"take the line out, or write `when` in place of `unless` and the other way round");
    }

    private static Condition? Named(string key, Template text, DiagnosticBag diagnostics)
    {
        if (text.IsComplete && text.Text.Length == 0)
        {
            diagnostics.Error(text.Location, $"`{key}` is empty; expected a value");
            return null;
        }

        return key switch
        {
            "exists" => new Condition.Exists(text),
            "missing" => new Condition.Missing(text),
            "program" => new Condition.Program(text),
            "unit" => new Condition.Unit(text),
            "active" => new Condition.Active(text),
            "user" => new Condition.User(text),
            _ => null,
        };
    }
}
