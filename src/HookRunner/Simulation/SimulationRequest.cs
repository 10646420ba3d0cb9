using System.Collections.Immutable;
using System.Globalization;

namespace HookRunner.Simulation;

/// <summary>
/// A simulation with everything resolved: paths absolute and without links, so that they mean the same inside the sandbox.
/// It crosses from the outer process to the inner one as words `name=value`.
/// </summary>
internal sealed record SimulationRequest
{
    public required SandboxKind Sandbox { get; init; }

    public required string Bundle { get; init; }

    public string? From { get; init; }

    public required string Group { get; init; }

    public required string Application { get; init; }

    public bool Network { get; init; }

    public ImmutableArray<string> Settings { get; init; } = [];

    public ImmutableArray<string> Real { get; init; } = [];

    /// <summary>Empty: all, in the agent's order.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    public bool Json { get; init; }

    public required RunningExecutable Executable { get; init; }

    public ImmutableArray<string> ToWords() =>
    [
        Word("sandbox", ((int)Sandbox).ToString(CultureInfo.InvariantCulture)),
        Word("bundle", Bundle),
        Word("group", Group),
        Word("application", Application),
        Word("executable", Executable.Path),
        .. Optional("from", From),
        .. Optional("runtime", Executable.Runtime),
        .. Optional("network", Network ? "1" : null),
        .. Optional("json", Json ? "1" : null),
        .. Settings.Select(item => Word("set", item)),
        .. Real.Select(item => Word("real", item)),
        .. Events.Select(item => Word("event", item)),
    ];

    public static SimulationRequest FromWords(IEnumerable<string> words)
    {
        var values = words.Select(word => word.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
        return new SimulationRequest
        {
            Sandbox = (SandboxKind)int.Parse(values["sandbox"].Single(), CultureInfo.InvariantCulture),
            Bundle = values["bundle"].Single(),
            From = values["from"].SingleOrDefault(),
            Group = values["group"].Single(),
            Application = values["application"].Single(),
            Network = values["network"].Any(),
            Json = values["json"].Any(),
            Settings = [.. values["set"]],
            Real = [.. values["real"]],
            Events = [.. values["event"]],
            Executable = new RunningExecutable(values["executable"].Single(), values["runtime"].SingleOrDefault()),
        };
    }

    private static string Word(string name, string value) => $"{name}={value}";

    private static IEnumerable<string> Optional(string name, string? value) => value is null ? [] : [Word(name, value)];
}
