using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`hooks`: each lifecycle event with its steps.</summary>
internal sealed class EventReader(FileContext context, StepReader steps)
{
    /// <summary>Events of the agent in which no script runs, and where their work is done instead.</summary>
    private static readonly ImmutableArray<string> AgentsOwn = ["Start", "DownloadBundle", "Install", "BlockTraffic", "AllowTraffic", "End"];

    public ImmutableDictionary<LifecycleEvent, EventDeclaration> Read(YamlNode? node)
    {
        var events = ImmutableDictionary.CreateBuilder<LifecycleEvent, EventDeclaration>();
        foreach (var entry in Entries.Of(node))
        {
            var declaration = Event(entry);
            if (LifecycleEvents.Parse(entry.Key) is not { } item)
            {
                ReportUnknown(entry);
            }
            else if (declaration is not null)
            {
                events.Add(item, declaration);
            }
        }

        return events.ToImmutable();
    }

    private EventDeclaration? Event(YamlEntry entry)
    {
        if (entry.Value is not YamlMap map || IsStep(map))
        {
            return steps.ReadList(entry.Value, entry.Key) is { } list
                ? new EventDeclaration { Location = entry.KeyLocation, Steps = list }
                : null;
        }

        var fields = new Fields(LanguageKeys.Event with { Name = entry.Key }, map, NoScope.Value, context.Diagnostics);
        var (onFailure, always) = (List(map, "on_failure"), List(map, "always"));
        return List(map, "steps") is not { } own ? null : new EventDeclaration
        {
            Location = entry.KeyLocation,
            Steps = own,
            OnFailure = onFailure,
            Always = always,
            Timeout = AboveZero(fields, "timeout"),
            Reserve = fields.Duration("reserve"),
        };
    }

    private static TimeSpan? AboveZero(Fields fields, string key)
    {
        if (fields.Duration(key) is not { } duration || duration > TimeSpan.Zero)
        {
            return fields.Duration(key);
        }

        fields.Error(key, $"`{key}` is 0; expected a duration above 0");
        return null;
    }

    private StepList? List(YamlMap map, string key) => map[key] is { } node ? steps.ReadList(node, key) : null;

    /// <summary>A step without its dash; `steps` is the event's own key here.</summary>
    private bool IsStep(YamlMap map) =>
        map["steps"] is null && map.Entries.Any(entry => StepWords.Contains(entry.Key, context.Kinds));

    private void ReportUnknown(YamlEntry entry)
    {
        var (message, remedy) = AgentsOwn.Contains(entry.Key)
            ? ($"`{entry.Key}` is the agent's own event: no hook runs in it", $"events: {string.Join(", ", LifecycleEvents.Names)}")
            : ($"unknown lifecycle event `{entry.Key}`", UnknownKey.Remedy(entry, LifecycleEvents.Names));
        context.Diagnostics.Error(entry.KeyLocation, message, remedy);
    }
}
