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
        foreach (var entry in Entries.Of(node))
        {
            PlainText.IsPlain(entry.Key, "a name", entry.KeyLocation, context.Diagnostics);
            scopes.Add(Scope(entry, table with { Name = $"{table.Name}.{entry.Key}" }));
        }

        if (table.Find("hooks") is not null)
        {
            CheckPatterns(scopes);
        }

        if (scopes.Where(scope => scope.IsDefault).Skip(1).FirstOrDefault() is { } second)
        {
            context.Diagnostics.Error(second.Location, $"two of `{table.Name}` have `default: true`; expected one", "keep one of them");
        }

        return scopes.DrainToImmutable();
    }

    /// <summary>Exactly one environment must match: a pattern in two of them never leads to one.</summary>
    private void CheckPatterns(IEnumerable<ScopeDeclaration> environments)
    {
        var seen = new Dictionary<string, string>();
        foreach (var environment in environments)
        {
            foreach (var pattern in environment.Groups.Where(pattern => !seen.TryAdd(pattern.Written, environment.Name)))
            {
                var first = seen[pattern.Written];
                context.Diagnostics.Error(pattern.Location, first == environment.Name
                    ? $"`{pattern.Written}` stands twice in `groups`"
                    : $"`{pattern.Written}` stands in the environments `{first}` and `{environment.Name}`; a group matches exactly one", "keep it in one place");
            }
        }
    }

    /// <summary>A role's `hooks`, which many would expect: steps say themselves for which role they are.</summary>
    private YamlNode WithoutHooks(YamlNode scope, KeyTable table)
    {
        if (table.Find("hooks") is not null || (scope as YamlMap)?.Find("hooks") is not { } hooks)
        {
            return scope;
        }

        context.Diagnostics.Error(hooks.KeyLocation, "a role has no `hooks` of its own",
            $"write `only: {{ role: {table.Name.Split('.', 2)[1]} }}` at the steps that are for it alone");
        return scope is YamlMap map ? map with { Entries = map.Entries.Remove(hooks) } : scope;
    }

    private ScopeDeclaration Scope(YamlEntry entry, KeyTable table)
    {
        var body = table.Body(WithoutHooks(entry.Value, table), context.Diagnostics);
        var fields = new Fields(body, NoScope.Value, context.Diagnostics);
        var isDefault = fields.Flag("default") ?? false;
        if (entry.Value is YamlMap && body["groups"] is null && body["default"] is null or YamlScalar { Text: "false" }
            && body.Entries.All(item => table.Find(item.Key) is not null))
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
