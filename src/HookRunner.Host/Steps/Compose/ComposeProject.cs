using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Compose;

/// <summary>Which files make a project, and what it is called.</summary>
/// <param name="Name">Also in the labels of its containers.</param>
/// <param name="Files">Absolute paths.</param>
internal sealed record ComposeProject(string Name, ImmutableArray<string> Files)
{
    private static readonly string[] UsualFiles = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>The files are there; otherwise null together with which one is not.</summary>
    public static ComposeProject? Of(StepRun run, ComposeAction action, out StepOutcome? failure)
    {
        var files = Paths(run, action);
        if (files.IsEmpty)
        {
            failure = new StepOutcome.Failed($"the bundle has no compose file; looked for {string.Join(", ", UsualFiles)}", "name it by `file`");
            return null;
        }

        var missing = files.FirstOrDefault(file => !File.Exists(file));
        failure = missing is null ? null : new StepOutcome.Failed($"compose file {missing} does not exist");
        return missing is null ? new ComposeProject(NameOf(run, action, files), files) : null;
    }

    /// <summary>
    /// The name alone. The tools' own default, the folder's name, is another at each deployment (a release) or the same for
    /// every application (`deployment-archive`).
    /// </summary>
    public static string NameOf(StepRun run, ComposeAction action) => NameOf(run, action, Paths(run, action));

    /// <summary>Null where a project may have this name.</summary>
    public static string? NameMistake(string name) =>
        name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0])) && name.All(IsInName)
            ? null
            : $"`{name}` is no name of a project; expected small letters, digits and `_-`";

    private static ImmutableArray<string> Paths(StepRun run, ComposeAction action) => action.Files.Length > 0
        ? [.. action.Files.Select(file => run.InBundle(file.Text))]
        : [.. UsualFiles.Select(run.InBundle).Where(File.Exists).Take(1)];

    private static string NameOf(StepRun run, ComposeAction action, ImmutableArray<string> files) =>
        action.Project?.Text ?? files.Where(File.Exists).Select(WrittenName).OfType<string>().LastOrDefault() ?? Normal(run.Plan.Deployment.Application);

    /// <summary>`name:` at the left edge; what needs a reader of YAML or a variable of compose is left to the next rule.</summary>
    private static string? WrittenName(string file)
    {
        try
        {
            return File.ReadLines(file).Where(line => line.StartsWith("name:", StringComparison.Ordinal))
                .Select(line => line["name:".Length..].Split(" #")[0].Trim().Trim('"', '\''))
                .FirstOrDefault(name => NameMistake(name) is null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Normal(string application)
    {
        var name = string.Concat(application.ToLowerInvariant().Select(c => IsInName(c) ? c : '-')).TrimStart('-', '_');
        return name.Length == 0 ? "app" : name;
    }

    private static bool IsInName(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-';
}
