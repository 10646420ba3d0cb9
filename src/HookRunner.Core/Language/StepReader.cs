using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>One step: its kind, what stands under the kind's word, and the common keys beside it.</summary>
internal sealed class StepReader
{
    private readonly FileContext _context;
    private readonly CommonKeyReader _commonKeys;
    private readonly SelectorReader _selectors;
    private readonly StepKeyRules _keyRules;
    private readonly KindValueReader _values;

    public StepReader(FileContext context, CommonKeyReader commonKeys)
    {
        (_context, _commonKeys) = (context, commonKeys);
        _selectors = new SelectorReader(context);
        _keyRules = new StepKeyRules(context);
        _values = new KindValueReader(context);
    }

    /// <summary>A list of steps; null after a mistake that leaves no list.</summary>
    public StepList? ReadList(YamlNode node, string key)
    {
        if (node is not YamlList list)
        {
            var remedy = node is YamlScalar { IsEmpty: true } ? "no steps are written `[]`"
                : node is YamlMap ? "put `- ` before each step"
                : "for example `[{ run: ls }]`";
            _context.Diagnostics.Error(node.Location, $"`{key}` is {node.Shape}; expected a list of steps", remedy);
            return null;
        }

        return new StepList(list.Location, [.. list.Items.Select(Read).OfType<StepDeclaration>()]);
    }

    private StepDeclaration? Read(YamlNode node)
    {
        if (node is not YamlMap body)
        {
            _context.Diagnostics.Add(StepTraps.NoStep(node, _context));
            return null;
        }

        if (_keyRules.KindOf(body) is not { } entry)
        {
            return null;
        }

        var kind = _context.Kinds.FirstOrDefault(item => item.Name == entry.Key);
        if (!_keyRules.Check(body, entry, kind))
        {
            return null;
        }

        if (body.Entries.Length > 1)
        {
            _commonKeys.Check(new YamlMap(body.Location, [.. body.Entries.Where(item => CommonKeys.Names.Contains(item.Key))]));
        }

        var step = new StepDeclaration
        {
            Location = body.Location,
            Body = body,
            Kind = kind,
            Value = entry.Value,
            Use = entry.Key == StepWords.Use ? Use(entry.Value) : null,
            Inline = entry.Key == StepWords.Steps ? ReadList(entry.Value, StepWords.Steps) : null,
            Only = body["only"] is YamlMap only ? _selectors.Read(only, "only") : null,
            Except = body["except"] is YamlMap except ? _selectors.Read(except, "except") : null,
        };
        _values.Check(step);
        return step.Kind is null && step.Use is null && step.Inline is null ? null : step;
    }

    private string? Use(YamlNode node)
    {
        if (PlainText.Read(node, StepWords.Use, _context.Diagnostics) is not { } name)
        {
            return null;
        }

        if (_context.Names.Lists.Contains(name))
        {
            return name;
        }

        _context.Diagnostics.Error(node.Location, $"no list `{name}` stands under the file's `steps:`", Suggestion.Remedy(name, _context.Names.Lists));
        return null;
    }
}
