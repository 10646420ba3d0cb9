using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Execution;

namespace HookRunner.Host.Tests.Steps;

public sealed class ConditionSpecs(SystemdMachine machine) : IClassFixture<SystemdMachine>
{
    [Fact]
    public void Paths_are_asked_as_test_does_it()
    {
        using var folder = new TempFolder();
        folder.Write("file", "");
        folder.Link("leads", "file");
        folder.Link("dangles", "nothing");

        Holds(new Condition.Exists(Some.Text("file")), folder.Path).Should().BeTrue("relative paths start at the bundle");
        Holds(new Condition.Exists(Some.Text(folder.At("leads")))).Should().BeTrue();
        Holds(new Condition.Exists(Some.Text(folder.At("dangles")))).Should().BeFalse();
        Holds(new Condition.Missing(Some.Text(folder.At("dangles")))).Should().BeTrue();
        Holds(new Condition.Missing(Some.Text(folder.Path))).Should().BeFalse();
    }

    [Theory]
    [InlineData("sh", true)]
    [InlineData("no-such-program", false)]
    public void Programs_are_found_on_the_path(string name, bool holds) => Holds(new Condition.Program(Some.Text(name))).Should().Be(holds);

    [Theory]
    [InlineData("root", true)]
    [InlineData("nobody-here", false)]
    public void Users_are_looked_up(string name, bool holds) => Holds(new Condition.User(Some.Text(name))).Should().Be(holds);

    [Theory]
    [InlineData("test -d /", true)]
    [InlineData("exit 3", false)]
    [InlineData("no-such-program at all", false)]
    public void A_command_holds_where_it_ends_with_0(string command, bool holds) =>
        Holds(new Condition.Run(Some.Command(command))).Should().Be(holds);

    [SkippableTheory]
    [InlineData("nginx", true, true)]
    [InlineData("nginx.service", true, true)]
    [InlineData("known", true, false)]
    [InlineData("nowhere", false, false)]
    public void Units_are_asked_of_systemd(string name, bool isKnown, bool isActive)
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Unit("known.service", "ExecStart=/bin/true");
        machine.Shell("systemctl start nginx");

        Holds(new Condition.Unit(Some.Text(name)), prefix: machine.Enter).Should().Be(isKnown);
        Holds(new Condition.Active(Some.Text(name)), prefix: machine.Enter).Should().Be(isActive);
    }

    [Fact]
    public void Without_systemd_no_unit_is_known() => Holds(new Condition.Unit(Some.Text("nginx"))).Should().BeFalse();

    private static bool Holds(Condition condition, string bundle = "/tmp", ImmutableArray<string> prefix = default) =>
        ConditionCheck.Holds(condition, new TestStepRun(bundle) { HelperPrefix = prefix.IsDefault ? [] : prefix });
}
