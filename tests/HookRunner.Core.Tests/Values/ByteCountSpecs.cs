using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Values;

public class ByteCountSpecs
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("1K", 1024)]
    [InlineData("3KiB", 3072)]
    [InlineData("500M", 524288000)]
    [InlineData("2GB", 2147483648)]
    [InlineData("1T", 1099511627776)]
    public void Bytes_are_read_as_people_write_them(string text, long bytes)
    {
        ByteCount.TryParse(text, out var count).Should().BeTrue();

        count.Should().Be(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1G")]
    [InlineData("1.5G")]
    [InlineData("1 G")]
    [InlineData("1g")]
    [InlineData("10%")]
    [InlineData("9223372036854775807K")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_refused(string text) => ByteCount.TryParse(text, out _).Should().BeFalse();
}
