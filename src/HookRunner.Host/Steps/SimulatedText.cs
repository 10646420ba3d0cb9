namespace HookRunner.Host.Steps;

/// <summary>
/// A simulation gives a value that it does not know as its name between angle brackets: `&lt;instance.region&gt;`. No name
/// of a parameter, an image or a registry holds these, so that rules for them have nothing to say of it.
/// </summary>
internal static class SimulatedText
{
    public static bool IsIn(string text) => text.IndexOf('<', StringComparison.Ordinal) is >= 0 and var at && text.IndexOf('>', at) > 0;
}
