using System.Collections.Immutable;

namespace HookRunner.Host.Execution;

/// <summary>Whether this run is one of `simulate`, and what it was given. Told by variables of our own, which the agent never sets.</summary>
/// <param name="IsOn">HOOKRUNNER_SIMULATE is set: what reaches outside is recorded and not done.</param>
/// <param name="MayReachNetwork">HOOKRUNNER_SIMULATE_NETWORK is set.</param>
/// <param name="Values">`--set NAME=VALUE`: HOOKRUNNER_SIMULATE_SET_1, _2, ... in order.</param>
/// <param name="Real">`--real KIND`: HOOKRUNNER_SIMULATE_REAL, with commas between. These kinds are done and not recorded.</param>
/// <param name="Mark">
/// HOOKRUNNER_SIMULATE_RECORDED: the file that is there once an event of this simulation has recorded a service. The service is
/// started in one event and checked in a later one, which is another process.
/// </param>
internal sealed record Simulation(bool IsOn, bool MayReachNetwork, ImmutableDictionary<string, string> Values, ImmutableArray<string> Real, string? Mark = null)
{
    public static Simulation Off { get; } = new(false, false, ImmutableDictionary<string, string>.Empty, []);

    public bool HasRecordedService => Mark is not null && File.Exists(Mark);

    public static Simulation From(IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.ContainsKey("HOOKRUNNER_SIMULATE"))
        {
            return Off;
        }

        var values = ImmutableDictionary.CreateBuilder<string, string>();
        for (var i = 1; environment.TryGetValue($"HOOKRUNNER_SIMULATE_SET_{i}", out var pair); i++)
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                values[name] = value;
            }
        }

        return new Simulation(
            true,
            environment.ContainsKey("HOOKRUNNER_SIMULATE_NETWORK"),
            values.ToImmutable(),
            [.. environment.GetValueOrDefault("HOOKRUNNER_SIMULATE_REAL", "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            environment.GetValueOrDefault("HOOKRUNNER_SIMULATE_RECORDED"));
    }

    /// <summary>Tells the later events.</summary>
    public void RecordService()
    {
        try
        {
            File.WriteAllBytes(Mark ?? "", []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Only this event knows it then: a check in a later one is judged as it is.
        }
    }
}
