using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Steps;

public class ConditionBlockSpecs
{
    [Theory]
    [InlineData("first_release", "this is the first release")]
    [InlineData("{ first_release: true }", "this is the first release")]
    [InlineData("{ exists: /a, missing: [/b, /c] }", "/a exists; /b is missing; /c is missing")]
    [InlineData("{ program: nginx, unit: myapp, active: myapp.service, user: deploy }", "program nginx is there; unit myapp is known; unit myapp.service is active; user deploy exists")]
    [InlineData("{ run: test -f /a }", "`test -f /a` ends 0")]
    [InlineData("{ run: [test, -f, \"${x}\"] }", "`test -f <read when the step starts>` ends 0")]
    public void Conditions_are_read_in_the_order_written(string yaml, string expected)
    {
        var diagnostics = new DiagnosticBag();

        var conditions = ConditionBlock.Read(Reads.Node(yaml), "when", UnknownScope.Value, diagnostics);

        Reads.Said(diagnostics).Should().BeEmpty();
        string.Join("; ", conditions).Should().Be(expected);
    }

    [Theory]
    [InlineData("always", "`unless` is `always`; expected a mapping, or the word `first_release`")]
    [InlineData("{ exist: /a }", "unknown key `exist` in `unless`")]
    [InlineData("{ exists: \"\" }", "`exists` is empty; expected a value")]
    [InlineData("{ first_release: false }", "`first_release` is `false`; expected `true`")]
    [InlineData("{ run: { a: b } }", "`run` is a mapping; expected")]
    [InlineData("[/a]", "`unless` is a list; expected a mapping")]
    public void What_is_no_condition_is_refused(string yaml, string said)
    {
        var diagnostics = new DiagnosticBag();

        ConditionBlock.Read(Reads.Node(yaml), "unless", UnknownScope.Value, diagnostics).Should().BeEmpty();

        Reads.Said(diagnostics).First().Should().StartWith(said);
    }

    [Fact]
    public void Every_condition_with_a_name_in_it_can_be_completed()
    {
        var open = ConditionBlock.Read(
            Reads.Node("{ exists: \"${x}\", missing: \"${x}\", program: \"${x}\", unit: \"${x}\", active: \"${x}\", user: \"${x}\", run: [\"${x}\"] }"),
            "when", UnknownScope.Value, new DiagnosticBag());

        var complete = open.Select(condition => condition.Resolve(new XScope(), new DiagnosticBag()).ToString());

        complete.Should().Equal("v exists", "v is missing", "program v is there", "unit v is known", "unit v is active", "user v exists", "`v` ends 0");
        new Condition.FirstRelease().Resolve(new XScope(), new DiagnosticBag()).Should().Be(new Condition.FirstRelease());
    }

    private sealed class XScope : IVariableScope
    {
        public VariableValue Find(string name) => new VariableValue.Known("v");
    }
}
