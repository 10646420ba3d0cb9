using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Http;

namespace HookRunner.Host.Steps;

/// <summary>`http: {url, ...}`: asks a URL until it answers as it should.</summary>
internal sealed record HttpAction : HostAction
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static StepKind Kind { get; } = new()
    {
        Name = "http",
        Summary = "asks a URL until it answers as it should",
        Keys =
        [
            new KindKey("url", ValueShape.Text, "an http or https URL", Required: true),
            new KindKey("status", ValueShape.TextOrList, "the status it must answer with: `200`, `2xx`, or a list", "2xx"),
            new KindKey("body", ValueShape.Text, "what the answer must contain (its first MiB is read)"),
            new KindKey("matches", ValueShape.Text, "a regex that the answer must match somewhere"),
            new KindKey(
                "json", ValueShape.Mapping,
                "dotted paths into the answer's JSON, and the value each must have: `{ status: UP, checks.0.ok: true }`"),
            new KindKey("headers", ValueShape.Mapping, "headers to send"),
            new KindKey("method", ValueShape.Text, "the method", "GET") { Words = [.. Methods] },
            new KindKey("times", ValueShape.Count, "how many right answers in a row it takes", "1"),
            new KindKey("interval", ValueShape.Duration, "the time between tries", "1s; 100ms while a port of this machine refuses"),
            new KindKey("try_timeout", ValueShape.Duration, "how long one try may take", "5s"),
            new KindKey("within", ValueShape.Duration, "how long all of it may take", "60s"),
            new KindKey("insecure", ValueShape.Flag, "takes any certificate", "false"),
            new KindKey("follow", ValueShape.Flag, "follows up to 5 redirects", "false"),
        ],
        Shorthand = "url",
        BoundsItself = true,
        Read = Read,
    };

    public required Template Url { get; init; }

    public required ImmutableArray<Template> Status { get; init; }

    public Template? Body { get; init; }

    public Template? Matches { get; init; }

    public ImmutableArray<(string Name, Template Value)> Json { get; init; } = [];

    public ImmutableArray<(string Name, Template Value)> Headers { get; init; } = [];

    public required string Method { get; init; }

    public bool IsInsecure { get; init; }

    public required HttpPace Pace { get; init; }

    public override string Subject => Url.ToString();

    public override string Describe()
    {
        var wanted = new List<string> { $"status {string.Join(" or ", Status)}" };
        wanted.AddRange(Body is null ? [] : [$"`{Body}` in its body"]);
        wanted.AddRange(Matches is null ? [] : [$"a body that matches `{Matches}`"]);
        wanted.AddRange(Json.Select(item => $"`{item.Name}` being `{item.Value}`"));
        var times = Pace.Times == 1 ? "" : $", {Pace.Times} times in a row";
        var also = (Pace.Follows ? ", following redirects" : "") + (IsInsecure ? ", taking any certificate" : "");
        return $"{Method} {Url} until it answers with {string.Join(" and ", wanted)}{times}; within {Duration.Format(Pace.Within)}{also}";
    }

    public override StepOutcome Run(StepRun run)
    {
        var call = new HttpCall
        {
            Url = new Uri(Url.Text),
            Method = Method,
            Headers = [.. Headers.Select(header => (header.Name, header.Value.Text))],
            IsInsecure = IsInsecure,
        };
        var expectation = new HttpExpectation
        {
            Status = [.. Status.Select(status => status.Text)],
            Body = Body?.Text,
            Matches = Matches?.Text,
            Json = [.. Json.Select(item => (item.Name, item.Value.Text))],
        };
        return new HttpProbe(run, call, expectation, Pace).Run();
    }

    private static HttpAction? Read(StepFields fields)
    {
        var action = new HttpAction
        {
            Url = fields.RequiredText("url"),
            Status = fields.Has("status") ? fields.TextList("status") : [Template.Literal("2xx", fields.Location)],
            Body = fields.Text("body"),
            Matches = fields.Text("matches"),
            Json = fields.TextMap("json"),
            Headers = fields.TextMap("headers"),
            Method = fields.Word("method", Methods) ?? "GET",
            IsInsecure = fields.Flag("insecure") ?? false,
            Pace = new HttpPace(
                fields.Count("times", 1, 100) ?? 1,
                fields.Duration("interval"),
                fields.Duration("try_timeout") ?? TimeSpan.FromSeconds(5),
                fields.Duration("within") ?? TimeSpan.FromSeconds(60),
                fields.Flag("follow") ?? false),
        };
        return HttpRules.Check(action, fields) ? action : null;
    }
}
