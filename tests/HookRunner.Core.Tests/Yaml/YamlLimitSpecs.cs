using System.Diagnostics;
using System.Text;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Yaml;

/// <summary>Hostile texts of up to 1 MiB end in a diagnostic within seconds, on a slow and busy machine.</summary>
public class YamlLimitSpecs
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    public static TheoryData<string, string> Deep => new()
    {
        { "flow lists", Times("[", 1_000_000) },
        { "flow mappings", Times("{a: ", 250_000) },
        { "flow lists over lines", Times("[\n", 500_000) },
        { "flow keys", Times("{? ", 300_000) },
        { "block lists", Times("- ", 500_000) },
        { "block keys", Times("? ", 500_000) },
        { "block mappings", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{Times(" ", i)}a:\n")) },
        { "aliases", "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 70).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n")) },
    };

    public static TheoryData<string, string> Wide => new()
    {
        { "items", "a:\n" + Times("- b\n", 250_000) },
        { "flow items", "a: [" + Times("b,", 500_000) },
        { "laughs", "a0: &a0 [x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{Times($"*a{i - 1},", 8)}]\n")) },
        { "merges", "a0: &a0 {a: 1}\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], c{i}: 1}}\n")) },
    };

    public static TheoryData<string, string> Odd => new()
    {
        { "blanks", Times(" ", 1_000_000) },
        { "lines", Times("\n", 1_000_000) },
        { "comments", Times("#\n", 500_000) },
        { "an open quote", "a: \"" + Times("b\n ", 300_000) },
        { "quotes", Times("'", 1_000_000) },
        { "colons", Times(":", 1_000_000) },
        { "empty keys", Times(": ", 500_000) },
        { "directives", Times("%a\n", 300_000) },
        { "documents", Times("---\n", 250_000) },
        { "document ends", Times("...\n", 250_000) },
        { "a long key", "? " + Times("a", 500_000) + "\n: [" },
        { "tags", "a:\n" + Times("- !b c\n", 20_000) },
        { "double keys", Times("a: 1\n", 20_000) },
        { "broken lines", "a:\n" + Times("  - b: c: d\n", 4_000) },
        { "wrong columns", Times("a:\n   - b\n  - c\n", 3_000) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Depth_is_bounded(string what, string text) =>
        Timed(what, text).Should().ContainSingle().Which.Should().EndWith($"stand more than {YamlTreeBuilder.Deepest} deep in each other");

    [Theory]
    [MemberData(nameof(Wide))]
    public void The_number_of_values_is_bounded(string what, string text) =>
        Timed(what, text).Should().ContainSingle().Which.Should().EndWith($"holds more than {YamlTreeBuilder.MostNodes} values, those behind aliases counted");

    [Theory]
    [MemberData(nameof(Odd))]
    public void Whatever_else_it_is_it_ends_in_a_diagnostic(string what, string text) =>
        Timed(what, text).Should().NotBeEmpty();

    [Fact]
    public void What_is_just_within_the_bounds_is_read()
    {
        var text = "a: " + Times("[", YamlTreeBuilder.Deepest - 1) + "x" + Times("]", YamlTreeBuilder.Deepest - 1)
            + "\nb:\n" + Times("- x\n", YamlTreeBuilder.MostNodes - YamlTreeBuilder.Deepest - 4);

        Yml.Map(text).Entries.Should().HaveCount(2);
    }

    private static string[] Timed(string what, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        var messages = Yml.Messages(bytes);

        clock.Elapsed.Should().BeLessThan(Bound, what);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200 << 20, what);
        return messages;
    }

    private static string Times(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
