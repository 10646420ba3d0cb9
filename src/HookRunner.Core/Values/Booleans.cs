namespace HookRunner.Core.Values;

/// <summary><c>true</c> and <c>false</c> only.</summary>
internal static class Booleans
{
    public const string Expected = "`true` or `false` (not yes, no, on, off)";

    public static bool TryParse(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }
}
