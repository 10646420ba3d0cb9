using System.Text;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Yaml;

public class YamlBytesSpecs
{
    [Fact]
    public void A_byte_order_mark_is_dropped() =>
        Yml.Shown(Yml.Load([0xEF, 0xBB, 0xBF, .. "a: x"u8]).Map!).Should().Be("{a@1:1: x@1:4}@1:1");

    [Theory]
    [InlineData(new byte[] { 0x61, 0x3A, 0x0A, 0x20, 0xC3, 0x28 }, "2:2 byte 0xC3 is no UTF-8")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x20, 0xE9, 0x0A }, "1:4 byte 0xE9 is no UTF-8")]
    [InlineData(new byte[] { 0xC3, 0xA9, 0x3A, 0x20, 0xED, 0xA0, 0x80 }, "1:4 byte 0xED is no UTF-8")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x20, 0xC3 }, "1:4 byte 0xC3 is no UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "1:1 the file is UTF-16; expected UTF-8")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x61 }, "1:1 the file is UTF-16; expected UTF-8")]
    public void Anything_but_UTF_8_is_refused_at_its_first_byte(byte[] bytes, string message) =>
        Yml.Messages(bytes).Should().Equal(message);

    [Theory]
    [InlineData("a: x\0y", "1:5 a NUL byte may not stand in the file")]
    [InlineData("a: b\n# \u001b[1m", "2:3 the control character U+001B may not stand in the file")]
    [InlineData("a: b\rc: d", "1:5 a carriage return without a line feed may not stand in the file")]
    [InlineData("a: b\u2028c", "1:5 the line separator U+2028 may not stand in the file")]
    [InlineData("a: b\u0085c", "1:5 the line separator U+0085 may not stand in the file")]
    [InlineData("a: b\ufeff", "1:5 a byte order mark (U+FEFF) after the start may not stand in the file")]
    [InlineData("a:\n \u00a0b: c", "2:2 a no-break space (U+00A0) as indentation may not stand in the file")]
    [InlineData("a:\n- \u200bb: c", "2:3 an invisible space (U+200B) as indentation may not stand in the file")]
    public void Characters_that_readers_see_differently_are_refused(string text, string message) =>
        Yml.Messages(text).Should().Equal(message);

    [Fact]
    public void A_no_break_space_inside_a_text_is_its_own() =>
        Yml.Shown(Yml.Map("a: b\u00a0c")).Should().Be("{a@1:1: b\u00a0c@1:4}@1:1");

    [Fact]
    public void Many_bad_characters_are_not_all_told() =>
        Yml.Messages(new string('\u0001', 1000)).Should().HaveCount(5);

    [Fact]
    public void A_file_of_ten_megabytes_is_refused_by_its_size_alone() =>
        Yml.Messages(Encoding.ASCII.GetBytes(new string('[', 10_000_000)))
            .Should().Equal("1:1 the file has 10000000 bytes; at most 1048576 (1 MiB) are read");

    [Fact]
    public void A_file_of_just_one_mebibyte_is_read() =>
        Yml.Load("a: x\n#" + new string('-', YamlBytes.Largest - 6)).Map.Should().NotBeNull();
}
