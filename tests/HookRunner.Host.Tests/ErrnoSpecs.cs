using HookRunner.Host.Os;

namespace HookRunner.Host.Tests;

public class ErrnoSpecs
{
    [Theory]
    [InlineData(2, "ENOENT (no such file or directory)")]
    [InlineData(28, "ENOSPC (no space left on device)")]
    [InlineData(9999, "errno 9999")]
    public void An_error_number_is_named_with_its_meaning(int number, string text) =>
        Errno.Describe(number).Should().Be(text);
}
