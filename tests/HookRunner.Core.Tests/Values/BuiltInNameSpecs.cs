using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Values;

public class BuiltInNameSpecs
{
    [Theory]
    [InlineData("environment", true)]
    [InlineData("release.dir", true)]
    [InlineData("env.PATH", true)]
    [InlineData("env.a-b", false)]
    [InlineData("instance.tag.Name", true)]
    [InlineData("instance.tag.", false)]
    [InlineData("instance.name", false)]
    [InlineData("release", false)]
    [InlineData("port", false)]
    public void What_hookrunner_defines_needs_no_declaration(string name, bool isBuiltIn) =>
        BuiltInNames.Contains(name).Should().Be(isBuiltIn);

    [Theory]
    [InlineData("roles", true)]
    [InlineData("release", true)]
    [InlineData("instance", true)]
    [InlineData("env", true)]
    [InlineData("HOOKRUNNER_PORT", true)]
    [InlineData("releases", false)]
    public void Its_names_are_no_ones_else(string name, bool isReserved) =>
        BuiltInNames.IsReserved(name).Should().Be(isReserved);

    [Theory]
    [InlineData("release.dir", "HOOKRUNNER_RELEASE_DIR")]
    [InlineData("group", "DEPLOYMENT_GROUP_NAME")]
    [InlineData("env.PATH", "PATH")]
    [InlineData("release.previous", null)]
    [InlineData("port", null)]
    public void A_command_reads_the_same_under_another_name(string name, string? variable) =>
        BuiltInNames.InCommand(name).Should().Be(variable);
}
