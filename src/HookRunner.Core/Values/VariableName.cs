using System.Buffers;

namespace HookRunner.Core.Values;

/// <summary>The rules for names: <c>[A-Za-z_][A-Za-z0-9_]*</c>, and dotted ones for what is built in.</summary>
internal static class VariableName
{
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>A name a person may declare.</summary>
    public static bool IsVariable(ReadOnlySpan<char> name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.ContainsAnyExcept(Letters);

    /// <summary>What may stand inside <c>${}</c>: a name, or a dotted one such as <c>release.dir</c>, <c>instance.tag.Name</c>.</summary>
    public static bool IsReference(string name)
    {
        var parts = name.Split('.');
        return IsVariable(parts[0]) && parts.Skip(1).All(part =>
            part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '/'));
    }
}
