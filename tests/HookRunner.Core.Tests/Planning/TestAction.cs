using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Planning;

/// <summary>What a small kind came to: its keys with their values, all of them texts or commands.</summary>
internal sealed record TestAction(string Kind, ImmutableArray<Template> Values, CommandText? Command) : StepAction
{
    public static ImmutableArray<StepKind> Kinds { get; } =
        [.. Language.Kinds.All.Select(kind => kind with { Read = fields => Read(kind, fields) })];

    public override string Subject => Command?.ToString() ?? string.Join(' ', Values.Take(1).Select(value => value.ToString()));

    public override IEnumerable<Template> Links => Kind == "link" ? Values.Take(1) : [];

    public override IEnumerable<Template> Sources => Kind == "script" ? Values.Take(1) : [];

    public override string Describe() => $"{Kind} {Command?.ToString() ?? string.Join(" ", Values.Select(value => value.ToString()))}";

    private static TestAction? Read(StepKind kind, StepFields fields)
    {
        if (kind.Name is "run" or "exec")
        {
            var node = fields.Node(kind.Shorthand!)!;
            return CommandText.Read(node, kind.Name, fields.Scope, fields.Diagnostics) is { } command ? new TestAction(kind.Name, [], command) : null;
        }

        var command2 = kind.Keys.Where(key => key.Shape == ValueShape.Command).Select(key => fields.Command(key.Name)).FirstOrDefault(found => found is not null);
        return new TestAction(kind.Name, [.. kind.Keys.Where(key => key.Shape != ValueShape.Command).SelectMany(key => fields.TextList(key.Name))], command2);
    }
}
