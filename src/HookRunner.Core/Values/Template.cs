using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Values;

/// <summary>A piece of a <see cref="Template"/>: text as it stands, or the name inside <c>${}</c>.</summary>
internal readonly record struct TemplatePart(string Text, bool IsVariable);

/// <summary>
/// A value with <c>${name}</c> in it. It is resolved as far as is known: at the time the file is read, when the plan is
/// made, and finally when the step starts. An act only ever sees complete ones.
/// </summary>
internal sealed record Template(SourceLocation Location, ImmutableArray<TemplatePart> Parts)
{
    public const string Placeholder = "<read when the step starts>";

    /// <summary>True where no variable is left.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (var part in Parts)
            {
                if (part.IsVariable)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The value. Only a complete template has one.</summary>
    public string Text => IsComplete
        ? Parts is [var only] ? only.Text : string.Concat(Parts.Select(part => part.Text))
        : throw new InvalidOperationException($"{Location}: `{this}` is not known yet");

    /// <summary>The names inside <c>${}</c> that are still open.</summary>
    public IEnumerable<string> Variables => Parts.Where(part => part.IsVariable).Select(part => part.Text);

    public bool StartsWithVariable => Parts.Length > 0 && Parts[0].IsVariable;

    public static Template Literal(string text, SourceLocation location) => new(location, [new TemplatePart(text, false)]);

    /// <summary>Reads <c>${name}</c> and <c>$$</c>; a mistake is reported and leaves the text as it stands.</summary>
    public static Template Parse(string text, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return Literal(text, location);
        }

        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length || text[i + 1] is not ('$' or '{'))
            {
                literal.Append(text[i]);
                continue;
            }

            if (text[++i] == '$')
            {
                literal.Append('$');
                continue;
            }

            var end = text.IndexOf('}', i);
            var name = end < 0 ? "" : text[(i + 1)..end];
            if (!VariableName.IsReference(name))
            {
                diagnostics.Error(location, end < 0 ? "`${` without `}`" : $"`${{{name}}}` is not a variable's name",
                    "write `${name}`; a dollar sign itself is `$$`");
                return Literal(text, location);
            }

            if (literal.Length > 0)
            {
                parts.Add(new TemplatePart(literal.ToString(), false));
                literal.Clear();
            }

            parts.Add(new TemplatePart(name, true));
            i = end;
        }

        if (literal.Length > 0 || parts.Count == 0)
        {
            parts.Add(new TemplatePart(literal.ToString(), false));
        }

        return new Template(location, parts.ToImmutable());
    }

    /// <summary>Puts in what <paramref name="scope"/> knows. What is late stays open; so does what is undefined, which is reported once and then judged no further.</summary>
    public Template Resolve(IVariableScope scope, DiagnosticBag diagnostics)
    {
        if (IsComplete)
        {
            return this;
        }

        var parts = ImmutableArray.CreateBuilder<TemplatePart>(Parts.Length);
        foreach (var part in Parts)
        {
            Resolve(part, scope, parts, diagnostics);
        }

        return this with { Parts = parts.DrainToImmutable() };
    }

    /// <summary>The value for people: what is not known yet stands as <see cref="Placeholder"/>.</summary>
    public override string ToString() =>
        string.Concat(Parts.Select(part => part.IsVariable ? Placeholder : part.Text));

    private void Resolve(TemplatePart part, IVariableScope scope, ImmutableArray<TemplatePart>.Builder parts, DiagnosticBag diagnostics)
    {
        if (!part.IsVariable)
        {
            parts.Add(part);
            return;
        }

        switch (scope.Find(part.Text))
        {
            case VariableValue.Known known:
                parts.Add(new TemplatePart(known.Text, false));
                break;
            case VariableValue.Open open:
                parts.AddRange(open.Parts);
                break;
            case VariableValue.Undefined undefined:
                diagnostics.Error(Location, undefined.Message, undefined.Remedy);
                parts.Add(part);
                break;
            default:
                parts.Add(part);
                break;
        }
    }
}
