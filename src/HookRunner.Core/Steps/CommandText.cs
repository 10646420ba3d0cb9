using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>A command as written: a text for a shell, never expanded by us, or a program with its arguments.</summary>
internal abstract record CommandText(SourceLocation Location)
{
    /// <summary>Text under the rules of <c>run:</c>.</summary>
    internal sealed record Shell(SourceLocation Location, string Text) : CommandText(Location)
    {
        public override CommandText Resolve(IVariableScope scope, DiagnosticBag diagnostics) => this;

        public override string ToString() => Text.TrimEnd();
    }

    /// <summary>A program and its arguments under the rules of <c>exec:</c>: each is one word, whatever it holds.</summary>
    internal sealed record Program(SourceLocation Location, ImmutableArray<Template> Words) : CommandText(Location)
    {
        public override CommandText Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Words = [.. Words.Select(word => word.Resolve(scope, diagnostics))] };

        public override string ToString() => string.Join(' ', Words.Select(word => word.ToString()));
    }

    /// <summary>Puts in what <paramref name="scope"/> knows.</summary>
    public abstract CommandText Resolve(IVariableScope scope, DiagnosticBag diagnostics);

    /// <summary>Reads text or list; null after a reported mistake.</summary>
    public static CommandText? Read(YamlNode node, string key, IVariableScope scope, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlScalar { Text.Length: > 0 } scalar:
                return new Shell(scalar.Location, scalar.Text);
            case YamlList { Items.Length: > 0 } list when list.Items.All(item => item is YamlScalar):
                return new Program(list.Location, [.. list.Items.Cast<YamlScalar>().Select(item =>
                    Template.Parse(item.Text, item.Location, diagnostics).Resolve(scope, diagnostics))]);
            default:
                diagnostics.Error(node.Location, $"`{key}` is {node.Shape}; expected a command",
                    "write text for a shell, or a list of the program and its arguments");
                return null;
        }
    }
}
