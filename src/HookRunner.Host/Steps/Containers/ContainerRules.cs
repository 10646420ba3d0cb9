using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Containers;

/// <summary>What can be seen to be wrong in a container before any engine is asked.</summary>
internal static class ContainerRules
{
    private static readonly (string Option, string Why)[] Refused =
    [
        ("--name", "`name` says it"), ("--restart", "`restart` says it"), ("--detach", "it always is"), ("-d", "it always is"),
        ("--rm", "a failed container would take its log with it"), ("--interactive", "a hook has no terminal"), ("-i", "a hook has no terminal"),
        ("--tty", "a hook has no terminal"), ("-t", "a hook has no terminal"), ("-it", "a hook has no terminal"),
        ("--env", "everyone can read a command line: write it under `env`"), ("-e", "everyone can read a command line: write it under `env`"),
        ("--env-file", "write it under `env_file`"),
    ];

    /// <summary>False after a reported mistake.</summary>
    public static bool Check(ContainerRun wanted, StepFields fields) =>
        Each(fields, [wanted.Name], ContainerName)
        & Each(fields, [wanted.Image], Image)
        & Each(fields, wanted.Ports, Port)
        & Each(fields, wanted.Volumes, Volume)
        & Each(fields, Optional(wanted.Network), text => Word(text, "network"))
        & Each(fields, Optional(wanted.User), text => Word(text, "user"))
        & Each(fields, Optional(wanted.Restart), Restart)
        & Each(fields, wanted.Options, Option)
        & CheckTogether(wanted, fields);

    /// <summary>What no text alone can be blamed for.</summary>
    private static bool CheckTogether(ContainerRun wanted, StepFields fields)
    {
        var (key, mistake, remedy) = wanted switch
        {
            { Options: [{ IsComplete: true } first, ..] } when !first.Text.StartsWith('-') =>
                ("options", $"`options` begins with `{first}`; expected an option such as `--memory`", null),
            { Network: { IsComplete: true, Text: "host" }, Ports.Length: > 0 } =>
                ("ports", "`ports` has no effect with `network: host`", "the container's ports are the host's there: take `ports` out"),
            _ when wanted.Environment.FirstOrDefault(pair => !IsVariable(pair.Name)).Name is { } name =>
                ("env", $"`{name}` is no name of a variable", null),
            _ => ("", (string?)null, (string?)null),
        };
        if (mistake is not null)
        {
            fields.Error(key, mistake, remedy);
        }

        return mistake is null;
    }

    private static ImmutableArray<Template> Optional(Template? text) => text is null ? [] : [text];

    /// <summary>Null where a container may have this name.</summary>
    public static string? ContainerName(string name) =>
        name.Length is > 1 and <= 128 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? null
            : $"`{name}` is no container's name; expected letters, digits and `_.-`, at least two";

    /// <summary>Null where this can be an image.</summary>
    public static string? Image(string image)
    {
        var name = image.Split('@')[0];
        var path = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..].Split(':')[0];
        return SimulatedText.IsIn(image) ? null
            : image.Contains("://", StringComparison.Ordinal) ? $"`{image}` is a URL; expected an image without `https://`"
            : image.Length == 0 || image[0] == '-' || image.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? $"`{image}` is no image; expected a name such as `shop:1.4`"
            : path.Any(char.IsAsciiLetterUpper) ? $"`{image}` is no image: the name of a repository has no capitals"
            : null;
    }

    /// <summary>False where a text is known and wrong; each such one is reported.</summary>
    public static bool Each(StepFields fields, ImmutableArray<Template> texts, Func<string, string?> mistake)
    {
        var isRight = true;
        foreach (var text in texts.Where(text => text.IsComplete))
        {
            if (mistake(text.Text) is { } message)
            {
                fields.Diagnostics.Error(text.Location, message);
                isRight = false;
            }
        }

        return isRight;
    }

    private static string? Port(string text)
    {
        var main = text.EndsWith("/tcp", StringComparison.Ordinal) || text.EndsWith("/udp", StringComparison.Ordinal) ? text[..^4] : text;
        var ports = main[(main.LastIndexOf(']') + 1)..].TrimStart(':').Split(':');
        var numbers = ports.Length > 2 ? ports[^2..] : ports;
        return ports.Length > 3 || !Array.TrueForAll(numbers, IsPort)
            ? $"`{text}` is no port; expected `8080:80`, with an address before or `/udp` after where wanted"
            : null;
    }

    private static bool IsPort(string text) => text.Split('-') is { Length: 1 or 2 } ends && Array.TrueForAll(ends, end =>
        int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536);

    private static string? Volume(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 1
                ? $"`{text}` would be an empty volume at each deployment; expected `/on/host:{text}`, or `name:{text}` for one that stays"
            : parts.Length > 3 || !parts[1].StartsWith('/') || !IsSource(parts[0])
                ? $"`{text}` is no volume; expected `/on/host:/in/container` or `name:/in/container`"
            : null;
    }

    private static bool IsSource(string source) => source.StartsWith('/') || ContainerName(source) is null;

    private static string? Word(string text, string key) =>
        text.Length == 0 || text[0] == '-' || text.Any(char.IsWhiteSpace) ? $"`{key}` is `{text}`; expected one word" : null;

    private static string? Restart(string text) =>
        text is "no" or "always" or "unless-stopped" or "on-failure"
        || (text.StartsWith("on-failure:", StringComparison.Ordinal) && int.TryParse(text["on-failure:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? null
            : $"`restart` is `{text}`; expected `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`";

    private static string? Option(string text)
    {
        var name = text.Split('=')[0];
        var why = Refused.FirstOrDefault(refused => refused.Option == name).Why;
        return why is null ? null : $"`{name}` has no place in `options`: {why}";
    }

    private static bool IsVariable(string name) => name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && name[0] != '#'
        && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
