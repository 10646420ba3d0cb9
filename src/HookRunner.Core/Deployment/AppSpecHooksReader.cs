using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>`hooks` of appspec.yml.</summary>
internal sealed class AppSpecHooksReader(AppSpecTexts texts)
{
    /// <summary>How long CodeDeploy itself waits for one event, all its scripts together.</summary>
    private const long MostSecondsOfEvent = 3600;

    private static readonly string[] Keys = ["location", "timeout", "runas", "sudo"];

    /// <summary>Events of a deployment in which the agent runs no scripts.</summary>
    private static readonly string[] WithoutScripts = ["Start", "DownloadBundle", "Install", "BlockTraffic", "AllowTraffic", "End"];

    public ImmutableArray<AppSpecHook> Read(YamlMap root)
    {
        switch (root["hooks"])
        {
            case null or YamlScalar { IsEmpty: true }:
                return [];
            case YamlMap map:
                return [.. map.Entries.SelectMany(entry => Event(entry))];
            case var other:
                texts.Diagnostics.Error(other.Location, $"`hooks` is {other.Shape}; both agents want a mapping of events to lists");
                return [];
        }
    }

    private ImmutableArray<AppSpecHook> Event(YamlEntry item)
    {
        CheckName(item);
        var hooks = ImmutableArray.CreateBuilder<AppSpecHook>();
        var written = 0L;
        foreach (var entry in texts.Mappings(item.Value, item.Key))
        {
            texts.WarnOfUnknownKeys(entry, $"a script of {item.Key}", Keys);
            var timeout = entry["timeout"] is { } node ? AppSpecTimeout.Read(node, texts.Diagnostics) : null;
            written += timeout ?? 0;
            if (texts.Required(entry, "location", $"a script of {item.Key}") is { } location)
            {
                CheckLocation(entry["location"]!, location);
                hooks.Add(new AppSpecHook(entry.Location, item.Key, location.Trim(), timeout ?? AppSpecTimeout.Default, RunAs(entry), Sudo(entry)));
            }
        }

        if (written > MostSecondsOfEvent)
        {
            texts.Diagnostics.Warning(item.KeyLocation, $"the timeouts of {item.Key} add up to {written} s, and CodeDeploy ends an event after {MostSecondsOfEvent} s");
        }

        return hooks.DrainToImmutable();
    }

    private void CheckName(YamlEntry item)
    {
        if (LifecycleEvents.Parse(item.Key) is not null)
        {
            return;
        }

        if (WithoutScripts.Contains(item.Key))
        {
            texts.Diagnostics.Error(item.KeyLocation, $"{item.Key} is an event in which the agents run no scripts",
                $"events with scripts: {string.Join(", ", LifecycleEvents.Names)}");
            return;
        }

        texts.Diagnostics.Error(item.KeyLocation, $"`{item.Key}` is no lifecycle event; its scripts would never run",
            Suggestion.Remedy(item.Key, LifecycleEvents.Names));
    }

    private void CheckLocation(YamlNode node, string location)
    {
        if (location.Trim().AsSpan().ContainsAny(" \t\n"))
        {
            texts.Diagnostics.Error(node.Location, $"`location` is `{location.Trim()}`: agent 1.8 cannot run a path with a blank, and neither agent passes arguments",
                "write the path alone; hookrunner needs no arguments");
        }
    }

    private string? RunAs(YamlMap entry) => entry["runas"] is { } node ? texts.Text(node, "runas") : null;

    private bool Sudo(YamlMap entry)
    {
        if (entry["sudo"] is not { } node)
        {
            return false;
        }

        if (node is not YamlScalar { Style: ScalarStyle.Plain, Text: "true" or "false" })
        {
            texts.Diagnostics.Error(node.Location, $"`sudo` is {AppSpecTexts.Shown(node)}; agent 2.x takes `true` or `false` only, without quotes");
        }

        return node is YamlScalar { Text: not ("false" or "no" or "off" or "") };
    }
}
