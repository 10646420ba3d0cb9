using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Tests.Language;

/// <summary>Small kinds with the words and keys of the real ones, which live in the host project.</summary>
internal static class Kinds
{
    public static ImmutableArray<StepKind> All { get; } =
    [
        Kind("run", Key("text", ValueShape.Text) with { Required = true }) with
        {
            Shorthand = "text", ShorthandOnly = true, StartsProgram = true, CanCapture = true, Read = _ => null,
        },
        Kind("exec", Key("words", ValueShape.TextList) with { Required = true }) with
        {
            Shorthand = "words", ShorthandOnly = true, StartsProgram = true, CanCapture = true,
        },
        Kind("script", Key("path", ValueShape.Path) with { Required = true }, Key("args", ValueShape.TextList), Key("strict")) with
        {
            Shorthand = "path", StartsProgram = true,
        },
        Kind("link", Key("path", ValueShape.Path) with { Required = true }, Key("to", ValueShape.Path) with { Required = true }, Key("adopt", ValueShape.Flag)),
        Kind("http", Key("url") with { Required = true }, Key("status"), Key("times", ValueShape.Count), Key("within", ValueShape.Duration)) with
        {
            Shorthand = "url", BoundsItself = true,
        },
        Kind("wait_for", Key("tcp"), Key("file", ValueShape.Path), Key("command", ValueShape.Command), Key("within", ValueShape.Duration)) with
        {
            BoundsItself = true, StartsProgram = true,
        },
        Kind("service", Key("start", ValueShape.TextOrList), Key("stop", ValueShape.TextOrList), Key("restart", ValueShape.TextOrList),
            Key("validate", ValueShape.Command)),
        Kind("directory", Key("path", ValueShape.Path) with { Required = true }, Key("owner", ValueShape.Owner), Key("mode", ValueShape.Mode)),
        Kind("file", Key("path", ValueShape.Path) with { Required = true }, Key("content"), Key("source", ValueShape.Path), Key("mode", ValueShape.Mode)),
        Kind("remove", Key("paths", ValueShape.PathList) with { Required = true }) with { Shorthand = "paths" },
        Kind("container", Key("name"), Key("env", ValueShape.Mapping), Key("user")) with { GivesEnvironment = true },
        Kind("release", Key("act") with { Words = ["stage", "activate", "rollback"] }) with { Shorthand = "act", ShorthandOnly = true },
    ];

    private static KindKey Key(string name, ValueShape shape = ValueShape.Text) => new(name, shape, $"the {name}");

    private static StepKind Kind(string name, params ImmutableArray<KindKey> keys) =>
        new() { Name = name, Summary = name, Keys = keys, Read = fields => Read(fields, keys) };

    private static StepAction? Read(StepFields fields, ImmutableArray<KindKey> keys)
    {
        foreach (var key in keys)
        {
            object? value = key.Shape switch
            {
                ValueShape.Duration => fields.Duration(key.Name),
                ValueShape.Count => fields.Count(key.Name, 0, 1000),
                ValueShape.Flag => fields.Flag(key.Name),
                ValueShape.Mode => fields.Mode(key.Name),
                ValueShape.Command => fields.Command(key.Name),
                ValueShape.TextList or ValueShape.TextOrList or ValueShape.PathList => fields.TextList(key.Name),
                _ when key.Words.Length > 0 => fields.Word(key.Name, [.. key.Words]),
                _ => fields.Text(key.Name),
            };
            _ = value;
        }

        return null;
    }
}
