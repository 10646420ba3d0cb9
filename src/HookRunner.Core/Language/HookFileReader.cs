using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>hookrunner.yml as a typed file. Reading goes on after a mistake, so that all are reported together.</summary>
internal sealed class HookFileReader
{
    private readonly FileContext _context;
    private readonly YamlMap _root;
    private readonly StepReader _steps;
    private readonly LayerReader _layers;
    private readonly EventReader _events;
    private readonly ScopeReader _scopes;

    private HookFileReader(YamlMap root, FileContext context)
    {
        var commonKeys = new CommonKeyReader(context);
        (_root, _context) = (root, context);
        _steps = new StepReader(context, commonKeys);
        _layers = new LayerReader(context, commonKeys);
        _events = new EventReader(context, _steps);
        _scopes = new ScopeReader(context, _layers, _steps, _events);
    }

    /// <summary>From the bytes of the file; null after a mistake that leaves nothing to read.</summary>
    public static HookFile? Load(string path, ReadOnlySpan<byte> bytes, ImmutableArray<StepKind> kinds, DiagnosticBag diagnostics) =>
        YamlBytes.Decode(path, bytes, diagnostics) is { } source && YamlLoader.Load(source, diagnostics, YamlTraps.Explain) is { } root
            ? Read(root, source, kinds, diagnostics)
            : null;

    /// <summary>
    /// The file as far as it could be read: whoever acts on it looks at <see cref="DiagnosticBag.HasErrors"/> first. Null
    /// where its version is not ours, since nothing in it is known to mean what it seems to.
    /// </summary>
    public static HookFile? Read(YamlMap root, SourceText source, ImmutableArray<StepKind> kinds, DiagnosticBag diagnostics)
    {
        if (!FileVersion.Check(root["version"], diagnostics))
        {
            return null;
        }

        LanguageKeys.File.Body(root, diagnostics);
        var (names, groups) = (DeclaredNames.From(root), ScopeGroups.From(root, diagnostics));
        names.Variables.UnionWith(groups.Captures.Select(capture => capture.Name));
        var context = new FileContext
        {
            Kinds = kinds,
            Names = names,
            Groups = groups,
            Scope = new DeclaredScope(names),
            Diagnostics = diagnostics,
        };
        var file = new HookFileReader(root, context).Read(source);
        NameRules.Check(file, context);
        ListRules.Check(file, diagnostics);
        return file;
    }

    private HookFile Read(SourceText source)
    {
        var fields = new Fields(_root, NoScope.Value, _context.Diagnostics);
        return new HookFile
        {
            Source = source,
            Application = Plain("application"),
            AppSpec = Plain("appspec"),
            State = State(),
            Environments = _scopes.Read(_root["environments"], LanguageKeys.Environment),
            Roles = _scopes.Read(_root["roles"], LanguageKeys.Role),
            Common = _layers.Read(_root),
            Mask = _root["mask"] is { } mask ? [.. PlainText.ReadMany(mask, "mask", _context.Diagnostics).Select(item => item.Text)] : [],
            Release = _root["release"] is YamlMap release ? ReleaseReader.Read(release, _context) : null,
            Lists = Lists(),
            Hooks = _events.Read(_root["hooks"]),
            OnFailure = List("on_failure"),
            Always = List("always"),
            Rollback = List("rollback"),
            LockWait = fields.Duration("lock_wait"),
            Reserve = fields.Duration("reserve"),
            SharedHost = fields.Word("shared_host", "refuse", "warn", "allow") switch
            {
                "refuse" => SharedHost.Refuse,
                "allow" => SharedHost.Allow,
                _ => SharedHost.Warn,
            },
        };
    }

    private string? Plain(string key) => _root[key] is { } node ? PlainText.Read(node, key, _context.Diagnostics) : null;

    private string? State()
    {
        if (Plain("state") is not { } state || state.StartsWith('/'))
        {
            return Plain("state");
        }

        _context.Diagnostics.Error(_root["state"]!.Location, $"`state` is `{state}`; expected an absolute path");
        return null;
    }

    private StepList? List(string key) => _root[key] is { } node ? _steps.ReadList(node, key) : null;

    private ImmutableSortedDictionary<string, StepList> Lists()
    {
        var lists = ImmutableSortedDictionary.CreateBuilder<string, StepList>(StringComparer.Ordinal);
        foreach (var entry in Entries.Of(_root["steps"]))
        {
            PlainText.IsPlain(entry.Key, "the name of a list", entry.KeyLocation, _context.Diagnostics);
            if (_steps.ReadList(entry.Value, entry.Key) is { } list)
            {
                lists.Add(entry.Key, list);
            }
        }

        return lists.ToImmutable();
    }
}
