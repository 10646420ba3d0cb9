namespace HookRunner.Host.Steps.Http;

/// <summary>How often and how long to ask.</summary>
/// <param name="Times">Right answers in a row.</param>
/// <param name="Interval">Null: 1 s, and 100 ms while a port of this machine refuses.</param>
/// <param name="Follows">Whether redirects are followed.</param>
internal sealed record HttpPace(int Times, TimeSpan? Interval, TimeSpan TryTimeout, TimeSpan Within, bool Follows);
