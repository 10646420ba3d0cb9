using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;
using HookRunner.Host.Steps.Remove;

namespace HookRunner.Host.Steps;

/// <summary>`remove: PATH` or `{paths, except, within}`: files and directories that are gone afterwards.</summary>
internal sealed record RemoveAction(ImmutableArray<Template> Paths, ImmutableArray<Template> Except, Template? Within) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "remove",
        Summary = "removes files and directories with all in them; links themselves, never what they point to; what is not there is fine",
        Keys =
        [
            new KindKey(
                "paths", ValueShape.PathList,
                "paths, or patterns with `*`, `?` and `[a-z]`, which leave out names that begin with a dot", Required: true),
            new KindKey(
                "except", ValueShape.TextOrList,
                "names or patterns of what stays, among the matches of a pattern or directly in a directory that is named"),
            new KindKey("within", ValueShape.Path, "a directory outside which nothing may be removed"),
        ],
        Shorthand = "paths",
        Read = Read,
    };

    public override string Subject => string.Join(", ", Paths);

    public override string Describe() =>
        $"remove {Words.List(Paths)}"
        + (Except.Length == 0 ? "" : $", except {Words.List(Except)}")
        + (Within is null ? "" : $", within {Within}");

    public override StepOutcome Run(StepRun run)
    {
        foreach (var path in Paths)
        {
            if (ProtectedPlaces.WhyNot(path.Text, Within?.Text, "removed") is { } reason)
            {
                return new StepOutcome.Failed(reason, "nothing was removed");
            }
        }

        return new Removal(run, Except.Select(name => name.Text), Within?.Text).Do(Paths.Select(path => path.Text));
    }

    private static RemoveAction? Read(StepFields fields)
    {
        var paths = fields.TextList("paths").Select(path => PathRules.Destination(path, "paths", fields.Diagnostics)).ToImmutableArray();
        var except = fields.TextList("except");
        var within = fields.Destination("within");
        var isRight = paths.Length > 0 && paths.All(path => path is not null);
        foreach (var path in paths.OfType<Template>().Where(path => path.IsComplete))
        {
            if (ProtectedPlaces.WhyNot(path.Text, within is { IsComplete: true } ? within.Text : null, "removed") is { } reason)
            {
                fields.Diagnostics.Error(path.Location, reason, "name what belongs to the application");
                isRight = false;
            }
        }

        if (except.FirstOrDefault(name => name.IsComplete && name.Text.Contains('/', StringComparison.Ordinal)) is { } deep)
        {
            fields.Diagnostics.Error(deep.Location, $"`{deep}` is a path; `except` takes names",
                "use a step for each directory that is emptied");
            isRight = false;
        }

        return isRight ? new RemoveAction([.. paths.OfType<Template>()], except, within) : null;
    }
}
