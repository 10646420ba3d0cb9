using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>Exactly one kind in a step, and beside it only the keys that this kind takes.</summary>
internal sealed class StepKeyRules(FileContext context)
{
    /// <summary>The entry whose key is the kind, `use` or `steps`; null after a reported mistake.</summary>
    public YamlEntry? KindOf(YamlMap body)
    {
        var found = body.Entries.Where(entry => StepWords.Contains(entry.Key, context.Kinds)).ToList();
        if (found.Count > 1)
        {
            context.Diagnostics.Error(found[1].KeyLocation, $"`{found[0].Key}` and `{found[1].Key}` in one step; expected one kind",
                $"make two steps of it: put `- ` before `{found[1].Key}`");
            return null;
        }

        if (found.Count == 0)
        {
            ReportNoKind(body);
            return null;
        }

        if (StepWords.IsHere(found[0].Key, context.Kinds))
        {
            return found[0];
        }

        context.Diagnostics.Error(found[0].KeyLocation, $"the kind `{found[0].Key}` is not in this version of hookrunner",
            $"kinds: {string.Join(", ", StepWords.All(context.Kinds))}");
        return null;
    }

    /// <summary>False where the kind's own keys stand beside it, so that there is nothing to read.</summary>
    public bool Check(YamlMap body, YamlEntry kindEntry, StepKind? kind)
    {
        var isHollow = false;
        var startsProgram = kind is null or { StartsProgram: true } || HasCommand(body["when"]) || HasCommand(body["unless"]);
        var owners = UnknownKey.Owners(body, key => key == kindEntry.Key || CommonKeys.Names.Contains(key));
        foreach (var entry in body.Entries.Where(entry => entry != kindEntry))
        {
            var isCommon = CommonKeys.Names.Contains(entry.Key);
            if (kind?.Table.Find(entry.Key) is not null && (!isCommon || kindEntry.Value is YamlScalar { IsEmpty: true }))
            {
                context.Diagnostics.Add(UnknownKey.Misplaced(entry, kindEntry));
                isHollow |= kindEntry.Value is YamlScalar { IsEmpty: true };
            }
            else if (!isCommon && owners.TryGetValue(entry, out var owner))
            {
                context.Diagnostics.Add(UnknownKey.Misplaced(entry, owner));
                isHollow = true;
            }
            else if (!isCommon)
            {
                context.Diagnostics.Error(entry.KeyLocation, $"unknown key `{entry.Key}` in this step", UnknownKey.Remedy(entry, CommonKeys.Names));
            }
            else if (Refusal(entry.Key, kindEntry.Key, kind, startsProgram) is var (message, remedy) && message.Length > 0)
            {
                context.Diagnostics.Error(entry.KeyLocation, message, remedy);
            }
        }

        return !isHollow;
    }

    private static bool HasCommand(YamlNode? conditions) => (conditions as YamlMap)?["run"] is not null;

    private static (string Message, string? Remedy) Refusal(string key, string word, StepKind? kind, bool startsProgram) => key switch
    {
        "retry" when kind is null => ($"`retry` does not hold for a list of steps", "write it at the steps that may be tried again"),
        "timeout" when kind is { BoundsItself: true } => ($"`{word}` takes no `timeout`", "it bounds itself: write `within` under it"),
        "capture" or "secret" when kind is not { CanCapture: true } => ($"`{key}` does not go with `{word}`", "it is for `run` and `exec`"),
        _ when !startsProgram && kind?.Table.Find(key) is not null =>
            ($"`{key}` stands beside `{word}` and belongs under it", $"write it inside: `{word}: {{ {key}: ... }}`"),
        _ when kind is { GivesEnvironment: true } && CommonKeys.OfHelper.Contains(key) => ("", null),
        _ when !startsProgram && CommonKeys.Program.Any(item => item.Name == key) => NoProgram(key, word, kind),
        _ => ("", null),
    };

    private static (string Message, string? Remedy) NoProgram(string key, string word, StepKind? kind) => (
        $"`{key}` does not go with `{word}`, which starts no program of yours",
        key == "user" && kind?.Table.Find("owner") is not null ? "whom it belongs to is `owner:`" : null);

    private void ReportNoKind(YamlMap body)
    {
        var words = StepWords.All(context.Kinds);
        var unknown = body.Entries.Where(entry => !CommonKeys.Names.Contains(entry.Key)).ToList();
        if (unknown.Count == 0)
        {
            context.Diagnostics.Error(body.Location, "this step has no kind: nothing says what it does",
                body["shell"] is null ? $"add one of {string.Join(", ", words)}" : "`shell` says which shell reads the text, which itself stands under `run:`");
            return;
        }

        var meant = unknown.Find(entry => UnknownKey.Meant(entry.Key, words) is not null) ?? unknown[0];
        context.Diagnostics.Error(meant.KeyLocation, $"`{meant.Key}` is no kind of step", UnknownKey.Remedy(meant, words));
    }
}
