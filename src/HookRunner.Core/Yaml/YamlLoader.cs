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

        var builder = new YamlTreeBuilder(source, diagnostics);
        return Parse(source, builder, diagnostics, trap) ? Root(source, builder.Root, diagnostics) : null;
    }

    private static bool Parse(SourceText source, YamlTreeBuilder builder, DiagnosticBag diagnostics, YamlTrap? trap)
    {
#pragma warning disable RS0030 // The reader wants a TextReader; this one reads a string in memory.
        var scanner = new Scanner(new System.IO.StringReader(source.Content));
#pragma warning restore RS0030
        var parser = new Parser(scanner);
        try
        {
            while (parser.MoveNext())
            {
                if (!builder.Accept(parser.Current!))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var error = Error(source, e, scanner.CurrentPosition);
            diagnostics.Add(trap?.Invoke(error) ?? YamlSyntax.Explain(error));
            return false;
        }
    }

    /// <summary>Besides its own exceptions the reader throws bare ones without a place (InvalidOperationException and others).</summary>
    private static YamlSyntaxError Error(SourceText source, Exception exception, Mark position) =>
        exception is YamlException { Start: var start, End: var end } && (start.Index > 0 || end.Index > 0)
            ? new YamlSyntaxError(source, Within(source, start.Index), Within(source, end.Index), exception.Message)
            : new YamlSyntaxError(source, Within(source, position.Index), Within(source, position.Index), exception.Message);

    private static int Within(SourceText source, long index) => (int)Math.Clamp(index, 0, source.Content.Length);

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
