using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using HookRunner.Core.Deployment;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reference.Schema;

/// <summary>
/// The language as a JSON Schema (draft-07, which yaml-language-server reads), from the declarations that reading and
/// messages come from. It takes whatever hookrunner takes; what hangs on more than one place, `check` alone finds.
/// </summary>
internal sealed class LanguageSchema
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Events = [.. LifecycleEvents.Names, "rollback"];

    private readonly SchemaWriter _json;
    private readonly TableSchema _tables;
    private readonly ImmutableArray<StepKind> _kinds;

    private LanguageSchema(SchemaWriter json, ImmutableArray<StepKind> kinds) => (_json, _tables, _kinds) = (json, new TableSchema(json), kinds);

    /// <summary>The whole schema.</summary>
    public static ReadOnlyMemory<byte> Json(ImmutableArray<StepKind> kinds)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            new LanguageSchema(new SchemaWriter(json), kinds).Write();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void Write()
    {
        _json.Text("$schema", "http://json-schema.org/draft-07/schema#");
        _json.Text("title", $"hookrunner.yml, version {FileVersion.Known}");
        _tables.Write(LanguageKeys.File, Value);
        _json.Object("definitions", WriteDefinitions);
    }

    private void WriteDefinitions()
    {
        new ValueSchema(_json).WriteDefinitions();
        _json.Object("step", () => new StepSchema(_json, _tables, _kinds).Write(Value));
        _json.Object("steps", () => _json.List(() => _json.Reference("step")));
        _json.Object("event", () => _json.Either(() => _json.Reference("steps"), () => _tables.Write(LanguageKeys.Event, Value)));
        _json.Object("hooks", WriteHooks);
        _json.Object("environment", () => Scope(LanguageKeys.Environment));
        _json.Object("role", () => Scope(LanguageKeys.Role));
        _json.Object("release", () => _tables.Write(LanguageKeys.Release, _tables.Value));
        _json.Object("selector", () => _tables.Write(LanguageKeys.Selector, Selector));
        _json.Object("conditions", () => _json.Either(() => _json.Words("first_release"), () => _tables.Write(ConditionBlock.Table, _tables.Value)));
        _json.Object("retry", () => _tables.Short(RetryBlock.Table));
        _json.Object("environmentFile", () => _tables.Short(EnvironmentFileBlock.Table));
        _json.Object("environmentFiles", () => _json.Either(
            () => _json.Reference("environmentFile"), () => _json.List(() => _json.Reference("environmentFile"))));
        _json.Object("defaults", () => _tables.Write(
            ProgramBlock.Table with { Keys = [.. ProgramBlock.Table.Keys.Where(key => !CommonKeys.OfStepAlone.Contains(key.Name))] }, Value));
    }

    /// <summary>What a key of the file, an environment, a role, an event or a step holds: some are more than values.</summary>
    private void Value(KindKey key)
    {
        switch (key.Name)
        {
            case "version":
                _json.Number(FileVersion.Known);
                break;
            case "environments" or "roles":
                _json.Named(key.Name[..^1]);
                break;
            case "steps" when key.Shape == ValueShape.Mapping:
                _json.Named("steps");
                break;
            case "vars" or "env":
                _json.Named("text");
                break;
            default:
                Value(key, key.Name switch
                {
                    "inherit_env" => "texts",
                    "only" or "except" => "selector",
                    "when" or "unless" => "conditions",
                    "env_file" => "environmentFiles",
                    "hooks" or "release" or "retry" or "defaults" => key.Name,
                    _ => null,
                });
                break;
        }
    }

    private void Value(KindKey key, string? definition)
    {
        if (definition is null)
        {
            _tables.Value(key);
        }
        else
        {
            _json.Reference(definition);
        }
    }

    private void Selector(KindKey key)
    {
        if (key.Name == "event")
        {
            _json.Either(() => _json.Words(Events), () => _json.List(() => _json.Words(Events)));
        }
        else
        {
            _tables.Value(key);
        }
    }

    private void WriteHooks()
    {
        _json.Text("type", "object");
        _json.Object("properties", () =>
        {
            foreach (var name in LifecycleEvents.Names)
            {
                _json.Object(name, () => _json.Reference("event"));
            }
        });
        _json.Flag("additionalProperties", false);
    }

    /// <summary>An environment or a role matches groups, or is the default.</summary>
    private void Scope(KeyTable table)
    {
        _tables.Write(table, Value);
        _json.RequireOne("anyOf", ["groups", "default"]);
    }
}
