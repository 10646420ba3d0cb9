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
