using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`environments` and `roles`.</summary>
internal sealed class ScopeReader(FileContext context, LayerReader layers, StepReader steps, EventReader events)
{
    private static readonly ImmutableDictionary<LifecycleEvent, EventDeclaration> NoEvents =
        ImmutableDictionary<LifecycleEvent, EventDeclaration>.Empty;

    public ImmutableArray<ScopeDeclaration> Read(YamlNode? node, KeyTable table)
    {
        var scopes = ImmutableArray.CreateBuilder<ScopeDeclaration>();
        foreach (var entry in node is YamlMap map ? map.Entries : [])
        {
            if (!entry.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                scopes.Add(Scope(entry, table with { Name = $"{table.Name}.{entry.Key}" }));
            }
        }

        if (scopes.Where(scope => scope.IsDefault).Skip(1).FirstOrDefault() is { } second)
        {
            context.Diagnostics.Error(second.Location, $"two of `{table.Name}` have `default: true`; expected one", "keep one of them");
        }

        return scopes.DrainToImmutable();
    }

    private ScopeDeclaration Scope(YamlEntry entry, KeyTable table)
    {
        var body = table.Body(entry.Value, context.Diagnostics);
        var fields = new Fields(body, context.Scope, context.Diagnostics);
        var isDefault = fields.Flag("default") ?? false;
        if (entry.Value is YamlMap && body["groups"] is null && !isDefault)
        {
            context.Diagnostics.Error(entry.KeyLocation, $"`{table.Name}` matches no group", "add `groups: [...]` or `default: true`");
        }

        return new ScopeDeclaration
        {
            Location = entry.KeyLocation,
            Name = entry.Key,
            Groups = (table.Find("hooks") is null ? context.Groups.Roles : context.Groups.Environments)[entry.Key],
            IsDefault = isDefault,
            Layer = layers.Read(body),
            Hooks = table.Find("hooks") is null ? NoEvents : events.Read(body["hooks"]),
            OnFailure = body["on_failure"] is { } onFailure ? steps.ReadList(onFailure, "on_failure") : null,
            Always = body["always"] is { } always ? steps.ReadList(always, "always") : null,
        };
    }
}
