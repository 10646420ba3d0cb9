using System.Buffers;

namespace HookRunner.Host.Steps.Service;

/// <summary>Names of units as systemd.unit(5) has them.</summary>
internal static class UnitName
{
    private const int Longest = 255;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-_.\\@");

    private static readonly string[] Types =
    [
        ".service", ".socket", ".timer", ".path", ".target", ".mount", ".automount", ".swap", ".slice", ".scope", ".device",
    ];

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Mistake(string name) => name switch
    {
        "" => "the unit's name is empty",
        _ when name.Contains('/', StringComparison.Ordinal) => $"`{name}` is a path; expected a unit's name such as `nginx` or `nginx.service`",
        _ when name.AsSpan().ContainsAnyExcept(Allowed) || name[0] == '-' || name.Length > Longest =>
            $"`{name}` is no unit's name; expected letters, digits and `:-_.\\@`, such as `nginx` or `app@1.service`",
        _ when Full(name).Contains("@.", StringComparison.Ordinal) => $"`{name}` is a template; expected an instance of it such as `app@1`",
        _ => null,
    };

    /// <summary>With its type: `nginx` is `nginx.service`, as systemctl has it.</summary>
    public static string Full(string name) =>
        Array.Exists(Types, type => name.EndsWith(type, StringComparison.Ordinal)) ? name : $"{name}.service";
}
