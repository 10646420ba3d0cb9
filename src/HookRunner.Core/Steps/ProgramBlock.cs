using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>The common keys that say how a program is started, except env, env_file and path, which add up over layers.</summary>
internal static class ProgramBlock
{
    private const int MostOpenFiles = 1 << 20;

    /// <summary>All common keys, read as the fields of a kind are.</summary>
    public static KeyTable Table { get; } = new("step", [.. CommonKeys.Policy, .. CommonKeys.Program]);

    private static readonly KeyTable Limits = new("limits", CommonKeys.Limits);

    public static ProgramSettings Read(Fields fields) => new()
    {
        WorkingDirectory = fields.Destination("cwd"),
        User = NotEmpty(fields, "user"),
        Umask = Umask(fields),
        OpenFiles = fields.Node("limits") is { } limits
            ? new Fields(Limits, limits, fields.Scope, fields.Diagnostics).Count("nofile", 1, MostOpenFiles)
            : null,
        SourceFiles = [.. fields.TextList("source").Select(path => PathRules.NotEmpty(path, "source", fields.Diagnostics)).OfType<Template>()],
        Login = fields.Flag("login") ?? false,
        Shell = fields.Word("shell", "bash", "sh") ?? "bash",
        Capture = Capture(fields),
        Inherited = fields.Node("inherit_env") is { } inherited ? Inherited(inherited, fields.Diagnostics) : new(false, []),
    };

    /// <summary>`true`, `false`, one name or glob, or a list of them; never expanded.</summary>
    public static InheritedEnvironment Inherited(YamlNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlScalar { Text: "true" or "false" } flag:
                return new InheritedEnvironment(flag.Text == "true", []);
            case YamlScalar { Style: ScalarStyle.Plain, Text: "yes" or "no" or "on" or "off" } word:
                diagnostics.Error(word.Location, $"`inherit_env` is `{word.Text}`; expected {Booleans.Expected}, or names of variables");
                return new InheritedEnvironment(false, []);
            case YamlScalar { Text.Length: > 0 } name:
                return new InheritedEnvironment(false, [name.Text]);
            case YamlList list when list.Items.All(item => item is YamlScalar { Text.Length: > 0 }):
                return new InheritedEnvironment(false, [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)]);
            default:
                diagnostics.Error(node.Location, $"`inherit_env` is {node.Shape}; expected names of variables, globs allowed, or `true`");
                return new InheritedEnvironment(false, []);
        }
    }

    private static Template? NotEmpty(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text || !text.IsComplete || text.Text.Length > 0)
        {
            return fields.Text(key);
        }

        fields.Error(key, $"`{key}` is empty; expected a name");
        return null;
    }

    private static uint Umask(Fields fields)
    {
        if (fields.Text("umask") is not { IsComplete: true } text)
        {
            return ProgramSettings.Default.Umask;
        }

        if (text.Text.Length is 3 or 4 && uint.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && !text.Text.AsSpan().ContainsAny('8', '9') && Convert.ToUInt32(text.Text, 8) is <= 0x1FF and var umask)
        {
            return umask;
        }

        fields.Error("umask", $"`umask` is `{text}`; expected 3 octal digits such as `027`");
        return ProgramSettings.Default.Umask;
    }

    private static Capture? Capture(Fields fields)
    {
        var secret = fields.Flag("secret") ?? false;
        if (fields.Text("capture") is not { IsComplete: true } name)
        {
            return null;
        }

        if (VariableName.IsVariable(name.Text) && !name.Text.StartsWith("HOOKRUNNER", StringComparison.Ordinal))
        {
            return new Capture(name.Text, secret);
        }

        fields.Error("capture", $"`capture` is `{name}`; expected the name of a variable",
            "letters, digits and `_`, not beginning with a digit or with HOOKRUNNER");
        return null;
    }
}
