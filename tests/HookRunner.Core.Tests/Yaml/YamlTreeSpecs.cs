using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Yaml;

public class YamlTreeSpecs
{
    [Theory]
    [InlineData("a: x", "{a@1:1: x@1:4}@1:1")]
    [InlineData("# c\n\na:\n  b: x\n  c: y\n", "{a@3:1: {b@4:3: x@4:6, c@5:3: y@5:6}@4:3}@3:1")]
    [InlineData("a:\n- x\n-   y\n", "{a@1:1: [x@2:3, y@3:5]@2:1}@1:1")]
    [InlineData("a:\n  - - x\n    - y\n", "{a@1:1: [[x@2:7, y@3:7]@2:5]@2:3}@1:1")]
    [InlineData("a: [x, 'y', {b: c}]", "{a@1:1: [x@1:5, y@1:8, {b@1:14: c@1:17}@1:13]@1:4}@1:1")]
    [InlineData("a: [b: c, d]", "{a@1:1: [{b@1:5: c@1:8}@1:5, d@1:11]@1:4}@1:1")]
    [InlineData("\"a\": 'x''y'", "{a@1:1: x'y@1:6}@1:1")]
    [InlineData("a: |\n  x\n  y\nb: z", "{a@1:1: x\\ny\\n@1:4, b@4:1: z@4:4}@1:1")]
    [InlineData("a: >-\n  x\n  y\n", "{a@1:1: x y@1:4}@1:1")]
    [InlineData("a:\nb:\n", "{a@1:1: @1:3, b@2:1: @2:3}@1:1")]
    [InlineData("a: {}\nb: []", "{a@1:1: {}@1:4, b@2:1: []@2:4}@1:1")]
    [InlineData("---\na: x\n...\n", "{a@2:1: x@2:4}@2:1")]
    [InlineData("a: x\r\nb: y\r\n", "{a@1:1: x@1:4, b@2:1: y@2:4}@1:1")]
    [InlineData("a: \"\u00e9\U0001F600\" # c\nb: y", "{a@1:1: \u00e9\U0001F600@1:4, b@2:1: y@2:4}@1:1")]
    [InlineData("? a\n: b\n", "{a@1:3: b@2:3}@1:1")]
    [InlineData("a: on\nb: 0750\nc: ~\nd: 1e3\n", "{a@1:1: on@1:4, b@2:1: 0750@2:4, c@3:1: ~@3:4, d@4:1: 1e3@4:4}@1:1")]
    public void Every_node_stands_where_its_own_first_character_does(string text, string tree) =>
        Yml.Shown(Yml.Map(text)).Should().Be(tree);

    [Theory]
    [InlineData("a: &x y", "{a@1:1: y@1:7}@1:1")]
    [InlineData("a: &x   # c\n  b: c\n", "{a@1:1: {b@2:3: c@2:6}@2:3}@1:1")]
    [InlineData("a: &x [y]", "{a@1:1: [y@1:8]@1:7}@1:1")]
    [InlineData("a: &x\nb: c", "{a@1:1: @1:4, b@2:1: c@2:4}@1:1")]
    [InlineData("a: &x y\nb: *x\nc: [*x, *x]", "{a@1:1: y@1:7, b@2:1: y@1:7, c@3:1: [y@1:7, y@1:7]@3:4}@1:1")]
    [InlineData("a: &x y\nb: &x z\nc: *x", "{a@1:1: y@1:7, b@2:1: z@2:7, c@3:1: z@2:7}@1:1")]
    public void An_anchor_is_passed_over_and_an_alias_is_what_it_stands_for(string text, string tree) =>
        Yml.Shown(Yml.Map(text)).Should().Be(tree);

    [Theory]
    [InlineData("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", "a=1 b=3")]
    [InlineData("x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x}", "b=3 a=1")]
    [InlineData("x: [&x {a: 1}, &z {a: 2, b: 2}]\ny: {<<: [*x, *z], c: 3}", "a=1 b=2 c=3")]
    [InlineData("x: &x {a: 1}\nz: &z {<<: *x, b: 2}\ny: {<<: *z}", "a=1 b=2")]
    [InlineData("y: {\"<<\": 1, a: 2}", "<<=1 a=2")]
    public void A_merge_key_brings_what_is_not_written(string text, string entries) =>
        string.Join(' ', ((YamlMap)Yml.Map(text)["y"]!).Entries.Select(entry => $"{entry.Key}={((YamlScalar)entry.Value).Text}"))
            .Should().Be(entries);

    [Theory]
    [InlineData("a: x", "Plain", false, 1)]
    [InlineData("a: 'x'", "Quoted", false, 1)]
    [InlineData("a: x # c", "Plain", true, 1)]
    [InlineData("a: x\n# c\n", "Plain", false, 1)]
    [InlineData("a: 'x' # c", "Quoted", false, 1)]
    [InlineData("a: x\n  y", "Plain", false, 2)]
    [InlineData("a: x\n  y # c", "Plain", true, 2)]
    [InlineData("a: \"x\n  y\"", "Quoted", false, 2)]
    [InlineData("a: >\n  x\n\n  y\nb: z", "Folded", false, 2)]
    [InlineData("a: >\n  x\n\nb: z", "Folded", false, 1)]
    [InlineData("a: |\n  x\n  y\n  z\n", "Literal", false, 3)]
    public void A_text_says_how_it_was_written(string text, string style, bool commentFollows, int lines) =>
        Yml.Map(text)["a"].Should().BeEquivalentTo(new { Style = Enum.Parse<ScalarStyle>(style), CommentFollows = commentFollows, Lines = lines });

    [Fact]
    public void Nothing_and_an_empty_text_differ()
    {
        var map = Yml.Map("a:\nb: \"\"\nc: ''");

        map.Entries.Select(entry => ((YamlScalar)entry.Value).IsEmpty).Should().Equal(true, false, false);
    }
}
