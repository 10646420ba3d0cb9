using System.Collections.Immutable;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reference.Schema;

/// <summary>A step: one of the kinds, and any of the common keys beside it.</summary>
internal sealed class StepSchema(SchemaWriter json, TableSchema tables, ImmutableArray<StepKind> kinds)
{
    private static readonly string[] OfPrograms = ["capture", "secret"];

    /// <param name="common">Writes what a common key holds.</param>
    public void Write(Action<KindKey> common)
    {
        json.Text("type", "object");
        json.Object("properties", () => Properties(common));
        json.Flag("additionalProperties", false);
        json.RequireOne("oneOf", StepWords.All(kinds));
        json.Object("dependencies", WriteRefusals);
    }

    private void Properties(Action<KindKey> common)
    {
        foreach (var kind in kinds)
        {
            json.Object(kind.Name, () =>
            {
                tables.Describe(kind.Summary);
                tables.Short(kind.Table);
            });
        }

        tables.Property(new KindKey(StepWords.Use, ValueShape.Text, "the steps of a named list, in this place"), tables.Value);
        tables.Property(new KindKey(StepWords.Steps, ValueShape.Steps, "a group of steps, in this place"), tables.Value);
        foreach (var key in CommonKeys.Policy.Concat(CommonKeys.Program))
        {
            tables.Property(key, common);
        }
    }

    /// <summary>Common keys that do not go with a kind.</summary>
    private void WriteRefusals()
    {
        foreach (var kind in kinds.Where(kind => kind.BoundsItself || !kind.CanCapture))
        {
            Refuse(kind.Name, [.. kind.BoundsItself ? ["timeout"] : Array.Empty<string>(), .. kind.CanCapture ? [] : OfPrograms]);
        }

        Refuse(StepWords.Use, ["retry", .. OfPrograms]);
        Refuse(StepWords.Steps, ["retry", .. OfPrograms]);
    }

    private void Refuse(string word, string[] keys) => json.Object(word, () => json.Object("properties", () =>
    {
        foreach (var key in keys)
        {
            json.Flag(key, false);
        }
    }));
}
