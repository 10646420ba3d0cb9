using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>The reader's own complaints in words that say what to do.</summary>
internal static class YamlWords
{
    /// <summary>Null for a complaint that is not known.</summary>
    public static Diagnostic? For(YamlSyntaxError error) => OfText(error) ?? OfSigns(error) ?? OfStructure(error);

    private static Diagnostic? OfText(YamlSyntaxError error) => error switch
    {
        _ when error.Says("cannot start any token") => error.At(
            error.Index, $"YAML lets no text begin with {(Character(error) == '`' ? "a backtick" : $"`{Character(error)}`")}", "put the text in quotes"),
        _ when error.Says("invalid mapping") || error.Says("mapping values are not allowed") => error.At(
            error.Index, "a colon and a blank inside a text begin a mapping", "put the text in quotes"),
        _ when error.Says("block scalar, did not find expected comment") => error.At(
            error.Index, $"text stands behind `{Character(error)}`", "it begins on the next line, two columns deeper"),
        _ when error.Says("block scalar") => error.At(
            error.Index, "blank lines above the text stand deeper than the text", "take the blanks out of the empty lines"),
        _ => null,
    };

    private static Diagnostic? OfSigns(YamlSyntaxError error) => error switch
    {
        _ when error.Says("indicator format") => error.At(
            error.Index, "a `-` alone is no text between brackets", "write `\"-\"`"),
        _ when error.Says("directive") => error.At(
            error.Index, "a line that begins with `%` is a YAML directive", "put the text in quotes"),
        _ when error.Says("tag") => error.At(
            error.Index, "a `!` begins a YAML tag", "put text that starts with `!` in quotes"),
        _ when error.Says("anchor") => error.At(
            error.Index, "`&` begins a YAML anchor and `*` an alias, whose names hold no brackets and no commas", "put the text in quotes"),
        _ when error.Says("mapping keys are not allowed") => error.At(
            error.Index, "a `?` and a blank begin a YAML key", "put the text in quotes"),
        _ when error.Says("comment") => error.At(
            error.Index, "a `#` stands where no comment can", "put a blank before a comment, and text with ` #` in quotes"),
        _ => null,
    };

    private static Diagnostic? OfStructure(YamlSyntaxError error) => error switch
    {
        _ when error.Says("did not find expected ','") => error.At(
            error.Index, "expected `,` or the closing bracket here", "put text with `: `, `,`, `[` or `{` in quotes"),
        _ when error.Says("expected node content") || error.Says("expected token") => error.At(
            error.Index, "a value is missing before this", "write the value, or `\"\"` for an empty text"),
        _ when error.Says("block sequence entries") => error.At(
            error.Index, "a list cannot begin behind a text or a key", "put its `- ` on the next line"),
        _ when error.Says("expected <document") || error.Says("no more tokens") => error.At(
            error.Index, "this stands behind the end of the file's mapping", "look at the brackets and the columns before it"),
        _ when error.Says("operation is not valid") => error.At(
            error.Index, "this stands further left than the bracket or brace it is in", "move it to the right, or close the bracket"),
        _ when error.Says("expected ':'") => error.At(
            error.Index, "a colon is missing behind this", "write `key: value`"),
        _ when error.Says("expected key") || error.Says("expected '-'") => error.At(
            error.Index, "this fits nothing above it", "look at its indentation, and at the line before"),
        _ => null,
    };

    private static char Character(YamlSyntaxError error) =>
        error.Index < error.Source.Content.Length ? error.Source.Content[error.Index] : ' ';
}
