using CsCheck;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Values;

public class DotEnvSpecs
{
    [Theory]
    [InlineData("A=1", "A", "1")]
    [InlineData("  A=1  ", "A", "1")]
    [InlineData("export A=1", "A", "1")]
    [InlineData("A=", "A", "")]
    [InlineData("A=\"a b\"", "A", "a b")]
    [InlineData("A='a b'", "A", "a b")]
    [InlineData("A='it''s'", "A", "it''s")]
    [InlineData("A=\"", "A", "\"")]
    [InlineData("A=$HOME `id` $(id)", "A", "$HOME `id` $(id)")]
    [InlineData("A=b=c", "A", "b=c")]
    [InlineData("A=1 # no comment", "A", "1 # no comment")]
    public void A_value_stands_as_it_is_written(string line, string name, string value)
    {
        var pairs = DotEnv.Read(new SourceText("f.env", line), new DiagnosticBag());

        pairs.Should().Equal((name, value));
    }

    [Theory]
    [InlineData("plain/1_x.y:z@w=%+,-", "A=plain/1_x.y:z@w=%+,-")]
    [InlineData("", "A=")]
    [InlineData("a b$HOME`id`\\\"#", "A='a b$HOME`id`\\\"#'")]
    [InlineData("it's", "A=\"it's\"")]
    [InlineData("it's $5", "A=it's $5")]
    [InlineData("'it is'", "A=\"'it is'\"")]
    [InlineData(" it's \"$5\"", "A=\" it's \"$5\"\"")]
    [InlineData("a\nb", null)]
    public void A_value_is_written_so_that_it_means_itself(string value, string? line) =>
        DotEnv.Line("A", value).Should().Be(line);

    [Fact]
    public void Whatever_is_written_in_a_line_reads_the_same() => Gen.Char["ab \t'\"$`\\#=\u00fc\u2028\u0085\n"].Array[0, 6].Sample(letters =>
    {
        var value = new string(letters);

        return DotEnv.Line("A", value) is not { } line
            ? value.AsSpan().IndexOfAny("\n\u2028\u0085") >= 0
            : DotEnv.Read(new SourceText("f.env", line + "\nB=1\n"), new DiagnosticBag()).SequenceEqual([("A", value), ("B", "1")]);
    });

    [Theory]
    [InlineData("A B=1")]
    [InlineData("1A=1")]
    [InlineData("=1")]
    [InlineData("just text")]
    [InlineData("A-B=1")]
    public void What_is_no_pair_is_reported_with_its_line(string line)
    {
        var diagnostics = new DiagnosticBag();

        DotEnv.Read(new SourceText("f.env", $"# head\n\n  {line}\nOK=1\n"), diagnostics).Should().Equal(("OK", "1"));

        diagnostics.Sorted().Should().ContainSingle().Which.Location.ToString().Should().Be("f.env:3:3");
    }
}
