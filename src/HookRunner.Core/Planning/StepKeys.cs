using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning;

/// <summary>
/// The common keys of a step after merging: file, environment, role, `use`, step. `env` merges by name, `env_file` adds up
/// in that order, `path` in the reverse, of everything else the later wins.
/// </summary>
internal sealed record StepKeys
{
    public static StepKeys Empty { get; } = new();

    /// <summary>In the order of first appearance, each name once.</summary>
    public ImmutableArray<VariableDeclaration> Environment { get; init; } = [];

    public ImmutableArray<YamlNode> EnvironmentFiles { get; init; } = [];

    /// <summary>The innermost first.</summary>
    public ImmutableArray<Template> Path { get; init; } = [];

    /// <summary>Every other key, each once.</summary>
    public ImmutableArray<YamlEntry> Others { get; init; } = [];

    public InheritedEnvironment Inherited { get; init; } = new(false, []);

    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Others)
            {
                if (entry.Key == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The other keys as one mapping.</summary>
    public YamlMap ToMap(SourceLocation location) => new(location, Others);

    /// <summary>Lays the file's, an environment's or a role's words over these.</summary>
    public StepKeys With(Layer layer, DiagnosticBag diagnostics)
    {
        var merged = this with
        {
            Environment = Merged(Environment, layer.Environment),
            EnvironmentFiles = EnvironmentFiles.AddRange(layer.EnvironmentFiles),
            Path = layer.Path.AddRange(Path),
            Inherited = layer.Inherited is { Everything: false, Names.IsEmpty: true } ? Inherited : layer.Inherited,
        };
        return layer.Defaults is { } defaults ? merged.With(defaults, CommonKeys.OfStepAlone, diagnostics) : merged;
    }

    /// <summary>The same for a list used by a step; what holds for the whole list is no default of its steps.</summary>
    public StepKeys WithList(YamlMap body, DiagnosticBag diagnostics) => With(body, CommonKeys.OfWholeList, diagnostics);

    public StepKeys WithStep(YamlMap body, DiagnosticBag diagnostics) => With(body, [], diagnostics);

    private StepKeys With(YamlMap body, ImmutableArray<string> passedOver, DiagnosticBag diagnostics)
    {
        var merged = this;
        foreach (var entry in body.Entries)
        {
            if (passedOver.Contains(entry.Key) || !CommonKeys.Names.Contains(entry.Key))
            {
                continue;
            }

            merged = entry.Key switch
            {
                "env" => merged with { Environment = Merged(merged.Environment, Declarations(entry.Value, diagnostics)) },
                "env_file" => merged with { EnvironmentFiles = merged.EnvironmentFiles.AddRange(EnvironmentFileBlock.Entries(entry.Value)) },
                "path" => merged with { Path = Templates(entry.Value, diagnostics).AddRange(merged.Path) },
                _ => merged with { Others = Replaced(merged.Others, entry) },
            };
        }

        return merged;
    }

    private static ImmutableArray<YamlEntry> Replaced(ImmutableArray<YamlEntry> entries, YamlEntry entry)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key == entry.Key)
            {
                return entries.SetItem(i, entry);
            }
        }

        return entries.Add(entry);
    }

    private static ImmutableArray<VariableDeclaration> Merged(
        ImmutableArray<VariableDeclaration> earlier,
        ImmutableArray<VariableDeclaration> later)
    {
        if (earlier.IsEmpty || later.IsEmpty)
        {
            return earlier.IsEmpty ? later : earlier;
        }

        var merged = earlier.ToList();
        foreach (var declaration in later)
        {
            var index = merged.FindIndex(item => item.Name == declaration.Name);
            if (index < 0)
            {
                merged.Add(declaration);
            }
            else
            {
                merged[index] = declaration;
            }
        }

        return [.. merged];
    }

    private static ImmutableArray<VariableDeclaration> Declarations(YamlNode node, DiagnosticBag diagnostics)
    {
        var declarations = ImmutableArray.CreateBuilder<VariableDeclaration>();
        foreach (var entry in node is YamlMap map ? map.Entries : [])
        {
            if (entry.Value is YamlScalar scalar)
            {
                declarations.Add(new VariableDeclaration(entry.KeyLocation, entry.Key, Template.Parse(scalar.Text, scalar.Location, diagnostics)));
            }
        }

        return declarations.DrainToImmutable();
    }

    private static ImmutableArray<Template> Templates(YamlNode node, DiagnosticBag diagnostics) =>
        [.. (node is YamlList list ? list.Items : [node]).OfType<YamlScalar>()
            .Select(scalar => Template.Parse(scalar.Text, scalar.Location, diagnostics))];
}
