using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Reference.Schema;

/// <summary>
/// What may stand under a key of each shape. YAML guesses types and hookrunner does not: a text may look like a number.
/// Wherever a value is read, `${name}` may stand in its place.
/// </summary>
internal sealed class ValueSchema(SchemaWriter json)
{
    private const string Variable = @"\$\{";

    public void WriteDefinitions()
    {
        json.Object("text", () => json.Texts("type", ["string", "number", "boolean"]));
        Define("duration", "integer", "^[0-9]+$|^(?=[0-9])([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", Duration.Expected);
        Define("count", "integer", "^[0-9]+$", "a whole number");
        Define("flag", "boolean", "^(true|false)$", Booleans.Expected);
        Define("mode", "integer", "^[0-7]{3,4}$|^[ugoa]*[-+=][rwxXst]*(,[ugoa]*[-+=][rwxXst]*)*$", UnixMode.Expected);
        Define("owner", "integer", "^[^:]+(:[^:]+)?$", "`user` or `user:group`");
        json.Object("list", () => json.List(() => json.Reference("text")));
        json.Object("texts", () => json.Either(() => json.Reference("text"), () => json.Reference("list")));
    }

    public void Write(KindKey key)
    {
        if (!key.Words.IsEmpty)
        {
            json.Either(() => json.Words([.. key.Words]), () => Pattern(Variable));
        }
        else if (key.Shape == ValueShape.Mapping)
        {
            json.Text("type", "object");
        }
        else if (Definition(key.Shape) is { } definition)
        {
            json.Reference(definition);
        }
    }

    /// <summary>Null for what its own reader judges.</summary>
    private static string? Definition(ValueShape shape) => shape switch
    {
        ValueShape.Text or ValueShape.Path => "text",
        ValueShape.TextList => "list",
        ValueShape.TextOrList or ValueShape.PathList or ValueShape.Command => "texts",
        ValueShape.Duration => "duration",
        ValueShape.Count => "count",
        ValueShape.Flag => "flag",
        ValueShape.Mode => "mode",
        ValueShape.Owner => "owner",
        ValueShape.Steps => "steps",
        _ => null,
    };

    /// <param name="type">What YAML takes it for where it is not written as text.</param>
    private void Define(string name, string type, string pattern, string expected) => json.Object(name, () =>
    {
        json.Texts("type", [type, "string"]);
        json.Text("pattern", $"{pattern}|{Variable}");

        // No word of JSON Schema, but editors show it in place of the pattern.
        json.Text("patternErrorMessage", $"expected {expected}");
    });

    private void Pattern(string pattern)
    {
        json.Text("type", "string");
        json.Text("pattern", pattern);
    }
}
