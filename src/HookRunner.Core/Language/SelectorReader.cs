using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`only` and `except`: names that the file declares, and nothing that can never match.</summary>
internal sealed class SelectorReader(FileContext context)
{
    private const string Rollback = "rollback";
    private const int MostShown = 30;

    private static readonly ImmutableArray<string> EventNames = [.. LifecycleEvents.Names, Rollback];

    public Selector Read(YamlMap written, string key)
    {
        var body = (LanguageKeys.Selector with { Name = key }).Body(written, context.Diagnostics);
        if (body.Entries.IsEmpty)
        {
            context.Diagnostics.Error(written.Location, $"`{key}` is empty; expected `environment`, `role`, `group` or `event`");
        }

        var events = body["event"] is { } named ? Names(named, "event", EventNames) : default(ImmutableArray<string>?);
        return new Selector
        {
            Location = written.Location,
            Environments = body["environment"] is { } environments ? Environments(environments) : null,
            Roles = body["role"] is { } roles ? Names(roles, "role", context.Names.Roles) : null,
            Groups = body["group"] is { } groups ? Groups(groups) : null,
            Events = events is { } all ? [.. all.Select(LifecycleEvents.Parse).OfType<LifecycleEvent>()] : null,
            Rollback = events?.Contains(Rollback) ?? false,
        };
    }

    /// <summary>Without `environments:` the environment has the group's name, which may be any.</summary>
    private ImmutableArray<string> Environments(YamlNode node) => context.Names.Environments.Count > 0
        ? Names(node, "environment", context.Names.Environments)
        : [.. Texts(node, "environment").Select(item => item.Text)];

    private ImmutableArray<string> Names(YamlNode node, string key, IReadOnlyCollection<string> known)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, location) in Texts(node, key))
        {
            if (known.Contains(text))
            {
                names.Add(text);
                continue;
            }

            context.Diagnostics.Error(location, $"unknown {key} `{text}`", Suggestion.Remedy(text, known));
        }

        return names.DrainToImmutable();
    }

    private ImmutableArray<GroupPattern> Groups(YamlNode node)
    {
        var patterns = ImmutableArray.CreateBuilder<GroupPattern>();
        foreach (var (text, location) in Texts(node, "group"))
        {
            if (GroupPattern.Parse(text, location, context.Diagnostics) is not { } pattern)
            {
                continue;
            }

            if (pattern.IsPlain && !context.Groups.CanBe(text))
            {
                context.Diagnostics.Error(location, $"no environment takes the group `{text}`",
                    Suggestion.Remedy(text, [.. context.Groups.Environments.Values.SelectMany(all => all).Select(group => group.Written).Take(MostShown)]));
                continue;
            }

            patterns.Add(pattern);
        }

        return patterns.DrainToImmutable();
    }

    private IEnumerable<(string Text, SourceLocation Location)> Texts(YamlNode node, string key)
    {
        if (node is YamlList { Items.IsEmpty: true })
        {
            context.Diagnostics.Error(node.Location, $"`{key}` is an empty list, which nothing matches", "leave the key out");
        }

        return PlainText.ReadMany(node, key, context.Diagnostics);
    }
}
