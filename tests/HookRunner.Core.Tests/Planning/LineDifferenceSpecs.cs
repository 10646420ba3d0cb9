using CsCheck;
using HookRunner.Core.Planning.Views;

namespace HookRunner.Core.Tests.Planning;

public class LineDifferenceSpecs
{
    private static readonly Gen<List<string>> Lines = Gen.Char['a', 'd'].Select(letter => letter.ToString()).List[0, 12];

    [Theory]
    [InlineData("a b c", "a b c", " a  b  c")]
    [InlineData("a b c", "a c", " a -b  c")]
    [InlineData("a c", "a b c", " a +b  c")]
    [InlineData("", "a", "+a")]
    [InlineData("a", "", "-a")]
    public void Lines_are_told_as_lost_gained_or_kept(string first, string second, string expected)
    {
        var all = LineDifference.Of(Split(first), Split(second));

        string.Join(' ', all.Select(line => $"{line.Sign}{line.Line}")).Should().Be(expected);
    }

    [Fact]
    public void Both_texts_can_be_read_out_of_the_difference() =>
        Gen.Select(Lines, Lines).Sample((first, second) =>
        {
            var all = LineDifference.Of(first, second);

            return all.Where(line => line.Sign != '+').Select(line => line.Line).SequenceEqual(first)
                && all.Where(line => line.Sign != '-').Select(line => line.Line).SequenceEqual(second);
        });

    [Fact]
    public void Long_texts_that_share_nothing_are_told_whole()
    {
        var first = Enumerable.Range(0, 3000).Select(i => $"a{i}").ToList();
        var second = Enumerable.Range(0, 3000).Select(i => $"b{i}").ToList();

        LineDifference.Of(first, second).Should().HaveCount(6000);
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
