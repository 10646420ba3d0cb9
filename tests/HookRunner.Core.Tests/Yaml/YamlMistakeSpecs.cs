namespace HookRunner.Core.Tests.Yaml;

public class YamlMistakeSpecs
{
    [Theory]
    [InlineData("", "1:1 the file holds nothing; expected a mapping")]
    [InlineData("\n  \n# only a comment\n", "1:1 the file holds nothing; expected a mapping")]
    [InlineData("---\n", "1:1 the file holds nothing; expected a mapping")]
    [InlineData("\n- a\n", "2:1 the file is a list; expected a mapping")]
    [InlineData("  text", "1:3 the file is text; expected a mapping")]
    [InlineData("a: 1\n---\nb: 2\n", "2:1 a second document begins here; expected one")]
    [InlineData("a: 1\nb: 2\n'a': 3", "3:1 `a` is written twice in one mapping; first in line 1")]
    [InlineData("a: {\"b\": 1, b: 2}", "1:13 `b` is written twice in one mapping; first in line 1")]
    [InlineData("? [a]\n: b", "1:3 a key is a list; expected text")]
    [InlineData("? {a: b}\n: b", "1:3 a key is a mapping; expected text")]
    [InlineData("{a: 1, : 2}", "1:8 a key is nothing; expected text")]
    [InlineData("a: !x y", "1:4 `!x` is a YAML tag, which would be dropped")]
    [InlineData("a: &b !!str y", "1:7 `!!str` is a YAML tag, which would be dropped")]
    [InlineData("a: !x [b]", "1:4 `!x` is a YAML tag, which would be dropped")]
    [InlineData("a: *b", "1:4 `*b` is an alias, and no `&b` stands before it")]
    [InlineData("a: &a [*a]", "1:8 `*a` stands inside `&a`, which would never end")]
    [InlineData("a: &a {b: [c, {d: *a}]}", "1:19 `*a` stands inside `&a`, which would never end")]
    [InlineData("a: {<<: b}", "1:9 `<<` is text; expected a mapping")]
    [InlineData("a: {<<: [{b: c}, d]}", "1:18 `<<` is text; expected a mapping")]
    [InlineData("a: \"x\\0y\"", "1:4 a NUL byte (`\\0`) may not stand in a text")]
    [InlineData("a: \"\\ud800\"", "1:5 `\\u` is no escape in double quotes")]
    public void A_legal_text_that_means_nothing_sound_is_refused_where_it_stands(string text, string message) =>
        Yml.Messages(text).Should().Equal(message);

    [Theory]
    [InlineData("a:\n\tb: c", "2:1 a tab as indentation")]
    [InlineData("a:\n  b: c\n \td: e", "3:2 a tab as indentation")]
    [InlineData("a: [b, c\nd: e", "1:4 this `[` is not closed")]
    [InlineData("a: {b: c\nd: e", "1:4 this `{` is not closed")]
    [InlineData("a: [b, {c: d]", "1:8 this `{` is not closed")]
    [InlineData("a: {b: [c, d}", "1:8 this `[` is not closed")]
    [InlineData("a: [b, c\nd: e\nd: f", "1:4 this `[` is not closed", "3:1 `d` is written twice in one mapping; first in line 2")]
    [InlineData("a: 'b\nc: d", "1:4 this quote is not closed, or its text goes on too far left")]
    [InlineData("a: \"b\nc: d", "1:4 this quote is not closed, or its text goes on too far left")]
    [InlineData("a: \"b\\qc\"\na: \"\\w\"", "1:6 `\\q` is no escape in double quotes", "2:1 `a` is written twice in one mapping; first in line 1", "2:5 `\\w` is no escape in double quotes")]
    [InlineData("a: \"b\nc: d\nc: e", "1:4 this quote is not closed, or its text goes on too far left", "3:1 `c` is written twice in one mapping; first in line 2")]
    [InlineData("a: 'b'c", "1:7 text goes on behind the closing quote")]
    [InlineData("a: \"b\" c", "1:8 text goes on behind the closing quote")]
    [InlineData("a: `b`", "1:4 YAML lets no text begin with a backtick")]
    [InlineData("a: @b", "1:4 YAML lets no text begin with `@`")]
    [InlineData("a: b: c\na: d", "1:5 a colon and a blank inside a text begin a mapping", "2:1 `a` is written twice in one mapping; first in line 1")]
    [InlineData("a: [b, -, c]", "1:8 a `-` alone is no text between brackets")]
    [InlineData("a: - b", "1:4 a list cannot begin behind a text or a key")]
    [InlineData("a: [b, , c]", "1:8 a value is missing before this")]
    [InlineData("a: !<b", "1:4 a `!` begins a YAML tag")]
    [InlineData("a: &[b]", "1:4 `&` begins a YAML anchor and `*` an alias, whose names hold no brackets and no commas")]
    [InlineData("a: ? b", "1:4 a `?` and a blank begin a YAML key")]
    [InlineData("{a: b}\nc: d", "2:1 this stands behind the end of the file's mapping")]
    [InlineData("a: [b,\nc]", "2:1 this stands further left than the bracket or brace it is in")]
    [InlineData("a: [b]#c", "1:6 a `#` stands where no comment can")]
    [InlineData("a: |x\n  b", "1:4 text stands behind `|`")]
    [InlineData("a: {b: c: d}", "1:9 a second colon in one entry")]
    [InlineData("a: {b: 1 c: 2, c: 3}", "1:11 a second colon in one entry", "1:16 `c` is written twice in one mapping; first in line 1")]
    [InlineData("a: |\nb\n", "2:1 this line belongs to the text of `|` above it, and stands too far left")]
    [InlineData("- a: |\n  b\n  c\n", "1:1 the file is a list; expected a mapping", "2:3 this line belongs to the text of `|` above it, and stands too far left")]
    [InlineData("a\nb: c", "1:1 `a` is no key: a colon is missing")]
    [InlineData("a:\n  b:8\n  c: d", "2:3 `b:8` is no key: a colon is missing")]
    [InlineData("a: b\n  c: d", "2:3 `c` stands deeper than the line above, which has a value already")]
    [InlineData("a:\n  - b: c\n   d: e", "3:4 this line begins in column 4, beside nothing above it")]
    [InlineData("a:\n  - b\n - c", "3:2 this line begins in column 2, beside nothing above it")]
    [InlineData("a: |\n   b\n  c\n", "3:3 this line stands further left than the text above it")]
    [InlineData("a:\n  b: c\n d: e", "3:2 this line begins in column 2, beside nothing above it")]
    public void Text_that_is_no_YAML_is_explained_where_it_goes_wrong(string text, params string[] messages) =>
        Yml.Messages(text).Should().Equal(messages);

    [Fact]
    public void A_mistake_shows_its_line_and_what_to_do() =>
        Yml.Said("a:\n  - b: c\n   d: e\n").Should().Be(
            """
            a.yml:3:4: error: this line begins in column 4, beside nothing above it
                   d: e
                   ^
                a key of the mapping above begins in column 5 or 1

            """);

    [Fact]
    public void Behind_a_line_in_a_wrong_column_reading_goes_on() =>
        Yml.Messages("a:\n  - b: c\n   - d: e\n     d: f\n  - g: h\n     g: i\nj\nk: l\nk: m").Should().Equal(
            "3:4 this line begins in column 4, beside nothing above it",
            "4:6 `d` is written twice in one mapping; first in line 3",
            "6:6 `g` stands deeper than the line above, which has a value already",
            "6:6 `g` is written twice in one mapping; first in line 5",
            "7:1 `j` is no key: a colon is missing",
            "9:1 `k` is written twice in one mapping; first in line 8");
}
