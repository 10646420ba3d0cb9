using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>Whether what was written under a key has the outer shape that the key is declared with.</summary>
internal static class ShapeRules
{
    /// <summary>False after a reported mistake. The text inside is the readers' to judge.</summary>
    public static bool Check(KindKey key, YamlNode value, DiagnosticBag diagnostics) => key.Shape switch
    {
        ValueShape.Any or ValueShape.Steps => true,
        ValueShape.Mapping => value is YamlMap
            || Wrong(key.Name, value, "a mapping", diagnostics, value is YamlScalar text ? UnknownKey.MissingBlank(text.Text) : key.Remedy),
        ValueShape.TextList =>
            value is YamlList ? IsTextOrList(key.Name, value, diagnostics) : Wrong(key.Name, value, "a list", diagnostics, key.Remedy),
        ValueShape.TextOrList or ValueShape.PathList or ValueShape.Command => IsTextOrList(key.Name, value, diagnostics),
        _ => value is YamlScalar ? IsText(key.Name, value, diagnostics) : Wrong(key.Name, value, "text", diagnostics, key.Remedy),
    };

    public static bool IsText(string name, YamlNode value, DiagnosticBag diagnostics) => value switch
    {
        YamlScalar { IsEmpty: true } => Empty($"`{name}`", value, diagnostics),
        YamlScalar => true,
        _ => Wrong(name, value, "text", diagnostics),
    };

    public static bool IsTextOrList(string name, YamlNode value, DiagnosticBag diagnostics) => value switch
    {
        YamlScalar { IsEmpty: true } => Empty($"`{name}`", value, diagnostics),
        YamlScalar => true,
        YamlList list => list.Items.Aggregate(true, (all, item) => IsItem(name, item, diagnostics) && all),
        _ => Wrong(name, value, "text or a list", diagnostics),
    };

    public static bool Wrong(string name, YamlNode value, string expected, DiagnosticBag diagnostics, string? remedy = null)
    {
        diagnostics.Error(value.Location, $"`{name}` is {value.Shape}; expected {expected}", remedy);
        return false;
    }

    private static bool IsItem(string name, YamlNode item, DiagnosticBag diagnostics)
    {
        if (item is YamlScalar { IsEmpty: false })
        {
            return true;
        }

        if (item is YamlScalar)
        {
            return Empty($"an item of `{name}`", item, diagnostics);
        }

        diagnostics.Error(item.Location, $"an item of `{name}` is {item.Shape}; expected text");
        return false;
    }

    private static bool Empty(string what, YamlNode value, DiagnosticBag diagnostics)
    {
        diagnostics.Error(value.Location, $"{what} is nothing; expected a value", "an empty text is written `\"\"`");
        return false;
    }
}
