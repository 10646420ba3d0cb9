using HookRunner.Core.Diagnostics;
using YamlDotNet.Core;

namespace HookRunner.Core.Yaml;

/// <summary>
/// YAML text to a tree with positions, in time and memory bounded by <see cref="YamlBytes.Largest"/>,
/// <see cref="YamlTreeBuilder.Deepest"/> and <see cref="YamlTreeBuilder.MostNodes"/>. Whatever the text is: a tree or a
/// diagnostic with its place, never an exception.
/// </summary>
internal static class YamlLoader
{
    private const int MostRepairs = 20;

    /// <summary>A repaired text is read from its start again; above this size one syntax error is enough.</summary>
    private const int LargestRepaired = 64 * 1024;

    /// <summary>The document as a mapping; null after a mistake that leaves nothing to read on.</summary>
    public static YamlMap? Load(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics, YamlTrap? trap = null) =>
        YamlBytes.Decode(path, bytes, diagnostics) is { } source ? Load(source, diagnostics, trap) : null;

    /// <summary>The document as a mapping; null after a mistake that leaves nothing to read on.</summary>
    public static YamlMap? Load(SourceText source, DiagnosticBag diagnostics, YamlTrap? trap = null)
    {
        if (source.Content.Length > YamlBytes.Largest)
        {
            diagnostics.Error(source.At(0), $"the file has more than {YamlBytes.Largest} characters");
            return null;
        }

        if (!YamlCharacters.Check(source, diagnostics))
        {
            return null;
        }

        var text = new YamlText(source);
        Diagnostic? last = null;
        for (var repairs = 0; repairs <= MostRepairs; repairs++)
        {
            var builder = new YamlTreeBuilder(text, diagnostics, trap);
            if (Parse(text, builder) is not { } error)
            {
                return builder.IsBroken ? null : Root(source, builder.Root, diagnostics);
            }

            var (words, repair) = trap?.Invoke(error) ?? YamlSyntax.Explain(error);
            diagnostics.Add(words);
            if (repair.IsEmpty || words == last || source.Content.Length > LargestRepaired || text.With(repair) is not { } repaired)
            {
                return null;
            }

            (text, last) = (repaired, words);
        }

        return null;
    }

    /// <summary>Null where the text is YAML, as far as the builder wanted to read it.</summary>
    private static YamlSyntaxError? Parse(YamlText text, YamlTreeBuilder builder)
    {
#pragma warning disable RS0030 // The reader wants a TextReader; this one reads a string in memory.
        var scanner = new Scanner(new System.IO.StringReader(text.Content));
#pragma warning restore RS0030
        var parser = new Parser(scanner);
        try
        {
            while (!builder.IsBroken && parser.MoveNext())
            {
                builder.Accept(parser.Current!);
            }

            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Error(text, e, scanner.CurrentPosition);
        }
    }

    /// <summary>Besides its own exceptions the reader throws bare ones without a place (InvalidOperationException and others).</summary>
    private static YamlSyntaxError Error(YamlText text, Exception exception, Mark position) =>
        exception is YamlException { Start: var start, End: var end } && (start.Index > 0 || end.Index > 0)
            ? new YamlSyntaxError(text.Source, text.Written(start.Index), text.Written(end.Index), exception.Message)
            : new YamlSyntaxError(text.Source, text.Written(position.Index), text.Written(position.Index), exception.Message);

    private static YamlMap? Root(SourceText source, YamlNode? root, DiagnosticBag diagnostics)
    {
        switch (root)
        {
            case YamlMap map:
                return map;
            case null or YamlScalar { IsEmpty: true }:
                diagnostics.Error(source.At(0), "the file holds nothing; expected a mapping");
                return null;
            default:
                diagnostics.Error(root.Location, $"the file is {root.Shape}; expected a mapping");
                return null;
        }
    }
}
