using HookRunner.Core.Steps;

namespace HookRunner.Core.Reference.Schema;

/// <summary>A mapping: what each of its keys holds, and no other keys.</summary>
internal sealed class TableSchema(SchemaWriter json)
{
    private readonly ValueSchema _values = new(json);

    public void Write(KeyTable table, Action<KindKey> value)
    {
        json.Text("type", "object");
        json.Object("properties", () =>
        {
            foreach (var key in table.Keys)
            {
                Property(key, value);
            }
        });
        if (table.AllowsExtensions)
        {
            json.Object("patternProperties", () => json.Flag("^x-", true));
        }

        json.Flag("additionalProperties", false);
        if (table.Keys.Any(key => key.Required))
        {
            json.Texts("required", table.Keys.Where(key => key.Required).Select(key => key.Name));
        }
    }

    public void Property(KindKey key, Action<KindKey> value) => json.Object(key.Name, () =>
    {
        Describe(key.Default is null ? key.Meaning : $"{key.Meaning}. Default: {key.Default}");
        value(key);
    });

    /// <summary>What an editor shows of a key.</summary>
    public void Describe(string meaning) => json.Text("description", $"{char.ToUpperInvariant(meaning[0])}{meaning.AsSpan(1).TrimEnd('.')}.");

    /// <summary>A mapping, or what its shorthand stands for.</summary>
    public void Short(KeyTable table)
    {
        var key = table.Shorthand is { } name ? table.Find(name) : null;
        if (key is null)
        {
            Write(table, Value);
        }
        else if (table.ShorthandOnly)
        {
            Value(key);
        }
        else
        {
            json.Either(() => Value(key), () => Write(table, Value));
        }
    }

    /// <summary>A key that holds values, or a mapping of such keys.</summary>
    public void Value(KindKey key)
    {
        if (key.Keys.IsEmpty)
        {
            _values.Write(key);
        }
        else if (key.Shape == ValueShape.Any)
        {
            json.Either(() => json.Reference("texts"), () => Inner(key));
        }
        else
        {
            Inner(key);
        }
    }

    private void Inner(KindKey key) => Write(new KeyTable(key.Name, key.Keys), Value);
}
