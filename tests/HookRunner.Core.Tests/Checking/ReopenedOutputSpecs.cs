using HookRunner.Core.Checking;

namespace HookRunner.Core.Tests.Checking;

public class ReopenedOutputSpecs
{
    [Theory]
    [InlineData("echo hi > /dev/stderr", "> /dev/stderr")]
    [InlineData("echo hi >/dev/stderr", "> /dev/stderr")]
    [InlineData("echo hi 1>\"/dev/stderr\"", "> /dev/stderr")]
    [InlineData("a\nb | tee /dev/stderr | c", "tee /dev/stderr")]
    [InlineData("make 2>&1 | tee log /dev/stdout", "tee /dev/stdout")]
    [InlineData("exec > /proc/self/fd/2", "> /proc/self/fd/2")]
    [InlineData("echo hi >&2", null)]
    [InlineData("echo hi >> /dev/stderr", null)]
    [InlineData("b | tee -a /dev/stderr", null)]
    [InlineData("# echo > /dev/stderr", null)]
    [InlineData("ls /dev/stderr", null)]
    [InlineData("", null)]
    public void A_name_that_empties_the_output_is_found(string text, string? idiom) =>
        ReopenedOutput.In(text).Should().Be(idiom);
}
