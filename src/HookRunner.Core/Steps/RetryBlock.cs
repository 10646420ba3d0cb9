using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>`retry`: its keys and how they read.</summary>
internal static class RetryBlock
{
    private const int MostAttempts = 1000;

    public static KeyTable Table { get; } = new(
        "retry",
        [
            new("attempts", ValueShape.Count, "attempts in all, the first counted", Required: true),
            new("delay", ValueShape.Duration, "pause before the second attempt", "1s"),
            new("backoff", ValueShape.Text, "`constant`, or `exponential`: the pause doubles each time", "constant") { Words = ["constant", "exponential"] },
            new("max_delay", ValueShape.Duration, "the longest pause"),
            new("jitter", ValueShape.Flag, "spreads the pauses at random", "false"),
            new("on_exit", ValueShape.TextOrList, "only after these exit statuses"),
        ],
        Shorthand: "attempts");

    /// <summary>Null after a reported mistake, and for one attempt, which is no retry.</summary>
    public static RetryPolicy? Read(YamlNode node, IVariableScope scope, DiagnosticBag diagnostics)
    {
        var fields = new Fields(Table, node, scope, diagnostics);
        var attempts = fields.Count("attempts", 1, MostAttempts);
        var policy = new RetryPolicy(
            attempts ?? 1,
            fields.Duration("delay") ?? TimeSpan.FromSeconds(1),
            fields.Word("backoff", "constant", "exponential") == "exponential",
            fields.Duration("max_delay"),
            fields.Flag("jitter") ?? false,
            ExitStatuses(fields));
        return attempts is null or 1 ? null : policy;
    }

    private static ImmutableArray<int> ExitStatuses(Fields fields)
    {
        var statuses = ImmutableArray.CreateBuilder<int>();
        foreach (var text in fields.TextList("on_exit"))
        {
            if (!text.IsComplete)
            {
                continue;
            }

            if (int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is > 0 and < 256)
            {
                statuses.Add(status);
                continue;
            }

            fields.Diagnostics.Error(text.Location, $"`on_exit` holds `{text}`; expected an exit status from 1 to 255");
        }

        return statuses.DrainToImmutable();
    }
}
