using CsCheck;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Tests.Sources;

public class SourceTextSpecs
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "a")]
    [InlineData(2, "")]
    [InlineData(3, "b c")]
    [InlineData(4, "")]
    [InlineData(5, "")]
    public void A_line_comes_without_its_end(int number, string line) =>
        new SourceText("f", "a\r\n\nb c\n").Line(number).Should().Be(line);

    [Theory]
    [InlineData(-5, "f:1:1")]
    [InlineData(1, "f:1:2")]
    [InlineData(2, "f:1:3")]
    [InlineData(3, "f:2:1")]
    [InlineData(4, "f:3:1")]
    [InlineData(99, "f:3:2")]
    public void A_character_has_a_line_and_a_column(int index, string place) =>
        new SourceText("f", "ab\n\nc").At(index).ToString().Should().Be(place);

    [Fact]
    public void Places_and_indexes_are_each_others_inverse() =>
        Gen.Char["a\n\r "].Array[0, 60].Sample(letters =>
        {
            var source = new SourceText("f", new string(letters));

            Enumerable.Range(0, letters.Length + 1).Should().OnlyContain(index => source.IndexOf(source.At(index)) == index);
        });
}
