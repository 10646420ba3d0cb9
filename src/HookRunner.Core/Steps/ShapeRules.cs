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
        ValueShape.Mapping => value is YamlMap || Wrong(MissingBlank(key, value), value, "a mapping", diagnostics),
        ValueShape.TextList => value is YamlList ? IsTextOrList(key, value, diagnostics) : Wrong(key, value, "a list", diagnostics),
        ValueShape.TextOrList or ValueShape.PathList or ValueShape.Command => IsTextOrList(key, value, diagnostics),
        _ => IsText(key, value, diagnostics),
    };

    public static bool IsText(string name, YamlNode value, DiagnosticBag diagnostics) => IsText(KindKey.Undeclared(name), value, diagnostics);

    public static bool IsText(KindKey key, YamlNode value, DiagnosticBag diagnostics) => value switch
    {
        YamlScalar { IsEmpty: true } => Empty($"`{key.Name}`", value, diagnostics),
        YamlScalar => true,
        _ => Wrong(key, value, "text", diagnostics),
    };

    public static bool IsTextOrList(KindKey key, YamlNode value, DiagnosticBag diagnostics) => value switch
    {
        YamlScalar { IsEmpty: true } => Empty($"`{key.Name}`", value, diagnostics),
        YamlScalar => true,
        YamlList list => list.Items.Aggregate(true, (all, item) => IsItem(key.Name, item, diagnostics) && all),
        _ => Wrong(key, value, "text or a list", diagnostics),
    };

    /// <summary>`port:8080` under a key that wants a mapping is one word to YAML.</summary>
    private static KindKey MissingBlank(KindKey key, YamlNode value) =>
        value is YamlScalar text && UnknownKey.MissingBlank(text.Text) is { } remedy ? key with { Remedy = remedy } : key;

    private static bool Wrong(KindKey key, YamlNode value, string expected, DiagnosticBag diagnostics)
    {
        diagnostics.Error(value.Location, $"`{key.Name}` is {value.Shape}; expected {expected}", key.Remedy);
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
