using System.Collections.Immutable;

namespace HookRunner.Host.Execution;

/// <summary>Whether this run is one of `simulate`, and what it was given. Told by variables of our own, which the agent never sets.</summary>
/// <param name="IsOn">HOOKRUNNER_SIMULATE is set: what reaches outside is recorded and not done.</param>
/// <param name="MayReachNetwork">HOOKRUNNER_SIMULATE_NETWORK is set.</param>
/// <param name="Values">`--set NAME=VALUE`: HOOKRUNNER_SIMULATE_SET_1, _2, ... in order.</param>
internal sealed record Simulation(bool IsOn, bool MayReachNetwork, ImmutableDictionary<string, string> Values)
{
    public static Simulation Off { get; } = new(false, false, ImmutableDictionary<string, string>.Empty);

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

        return new Simulation(true, environment.ContainsKey("HOOKRUNNER_SIMULATE_NETWORK"), values.ToImmutable());
    }
}
