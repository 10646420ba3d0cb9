namespace HookRunner.Host.Steps.Config;

/// <summary>One value under a name.</summary>
/// <param name="IsSecret">It is hidden in all that is shown.</param>
internal sealed record ConfigValue(string Name, string Text, bool IsSecret);
