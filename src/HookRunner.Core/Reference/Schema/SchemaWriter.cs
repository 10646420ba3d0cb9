using System.Text.Json;

namespace HookRunner.Core.Reference.Schema;

/// <summary>The few forms of JSON Schema that the language's schema is made of.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter json)
{
    public void Text(string name, string text) => json.WriteString(name, text);

    public void Object(string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    public void Flag(string name, bool value) => json.WriteBoolean(name, value);

    public void Texts(string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public void Reference(string definition) => json.WriteString("$ref", $"#/definitions/{definition}");

    /// <summary>A number, or the same as text.</summary>
    public void Number(int number)
    {
        json.WriteStartArray("enum");
        json.WriteNumberValue(number);
        json.WriteStringValue($"{number}");
        json.WriteEndArray();
    }

    public void Words(params string[] words) => Texts("enum", words);

    /// <summary>One of these forms, or more.</summary>
    public void Either(params Action[] forms) => Forms("anyOf", forms);

    /// <summary>One of these keys must be there; by `oneOf` just one.</summary>
    public void RequireOne(string keyword, IEnumerable<string> keys) =>
        Forms(keyword, keys.Select(key => (Action)(() => Texts("required", [key]))));

    public void List(Action item)
    {
        Text("type", "array");
        Object("items", item);
    }

    /// <summary>A mapping of any names, each with this.</summary>
    public void Named(string definition)
    {
        Text("type", "object");
        Object("additionalProperties", () => Reference(definition));
    }

    private void Forms(string keyword, IEnumerable<Action> forms)
    {
        json.WriteStartArray(keyword);
        foreach (var form in forms)
        {
            json.WriteStartObject();
            form();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
