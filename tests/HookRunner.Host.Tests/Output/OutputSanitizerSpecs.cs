using System.Buffers;
using System.Text;
using CsCheck;
using HookRunner.Host.Output;

namespace HookRunner.Host.Tests.Output;

public class OutputSanitizerSpecs
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Hard =
        ["é", "€", "😀", "\u0085", "\u2028", "\n", "\r", "\r\n", "\t", "\0", "\u001b[31m", "\u001b]0;title\u0007", "\u001b", "\u001b(B"];

    /// <summary>Bytes as programs print them, with everything that is hard close together.</summary>
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
            Gen.Byte.Select(value => new[] { value }),
            Gen.String[Gen.Char[' ', '~'], 0, 40].Select(Encoding.ASCII.GetBytes),
            Gen.Int[0, Hard.Length - 1].Select(index => Encoding.UTF8.GetBytes(Hard[index])),
            Gen.Int[480, 510].Select(length => Encoding.ASCII.GetBytes(new string('x', length))))
        .Array[0, 30].Select(parts => parts.SelectMany(part => part).ToArray());

    [Theory]
    [InlineData("plain", "plain\n")]
    [InlineData("one\ntwo\n", "one\ntwo\n")]
    [InlineData("", "")]
    [InlineData("\n\n", "\n\n")]
    [InlineData("é€😀\n", "é€😀\n")]
    [InlineData("windows\r\nends\r\n", "windows\nends\n")]
    [InlineData("10%\r50%\r100%\n", "100%\n")]
    [InlineData("10%\r50%\r", "50%\n")]
    [InlineData("kept\r\r\n", "kept\n")]
    [InlineData("a\tb\n", "a       b\n")]
    [InlineData("12345678\tb\n", "12345678        b\n")]
    [InlineData("nul\0bell\a del\u007f\n", "nul\\x00bell\\x07 del\\x7f\n")]
    [InlineData("next\u0085line\n", "next\\x85line\n")]
    [InlineData("\u001b[1;31mred\u001b[0m\n", "red\n")]
    [InlineData("\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\ end\n", "link end\n")]
    [InlineData("\u001b(Bsgr0\u001b[m\n", "sgr0\n")]
    [InlineData("\u001b]0;never closed\nnext\n", "\nnext\n")]
    [InlineData("lone \u001b\nnext\u001b", "lone \\x1b\nnext\\x1b\n")]
    public void Text_becomes_lines_that_no_agent_can_choke_on(string input, string lines) =>
        Sanitize(Encoding.UTF8.GetBytes(input)).Should().Be(lines);

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x41, 0x0A }, "\\xffA\n")]
    [InlineData(new byte[] { 0x41, 0xC3, 0x0A, 0x42 }, "A\\xc3\nB\n")]
    [InlineData(new byte[] { 0xE2, 0x82, 0x41 }, "\\xe2\\x82A\n")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98 }, "\\xf0\\x9f\\x98\n")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "\\xed\\xa0\\x80\n")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "\\xc0\\x80\n")]
    public void Invalid_bytes_are_shown_as_numbers(byte[] input, string lines) => Sanitize(input).Should().Be(lines);

    [Fact]
    public void A_line_of_498_bytes_is_whole() =>
        Sanitize(Encoding.ASCII.GetBytes(new string('x', 498) + "\nnext\n")).Should().Be(new string('x', 498) + "\nnext\n");

    [Fact]
    public void A_longer_line_is_cut_and_the_next_is_not() =>
        Sanitize(Encoding.ASCII.GetBytes(new string('x', 499) + "\nnext\n")).Should().Be(new string('x', 495) + "...\nnext\n");

    [Fact]
    public void A_line_is_never_cut_within_a_character() =>
        Sanitize(Encoding.UTF8.GetBytes(new string('x', 494) + "€€\n")).Should().Be(new string('x', 494) + "...\n");

    [Fact]
    public void Whatever_comes_in_valid_short_lines_without_control_bytes_come_out() => Bytes.Sample(input =>
    {
        var text = Strict.GetString(SanitizeBytes(input));

        return text.All(letter => letter == '\n' || !char.IsControl(letter))
            && (text.Length == 0 || text.EndsWith('\n'))
            && text.Split('\n').All(line => Encoding.UTF8.GetByteCount(line) < 499);
    });

    [Fact]
    public void How_the_input_is_split_makes_no_difference() => Gen.Select(Bytes, Gen.Int[1, 7].Array[1, 20]).Sample((input, sizes) =>
        SanitizeBytes(input).AsSpan().SequenceEqual(SanitizeBytes(input, sizes)));

    [Fact]
    public void Each_newline_of_the_input_ends_one_line() => Bytes.Sample(input =>
    {
        var expected = input.Count(value => value == '\n');

        return SanitizeBytes(input).Count(value => value == '\n') is var lines && (lines == expected || lines == expected + 1);
    });

    private static string Sanitize(byte[] input) => Strict.GetString(SanitizeBytes(input));

    private static byte[] SanitizeBytes(byte[] input, params int[] sizes)
    {
        var lines = new ArrayBufferWriter<byte>();
        var sanitizer = new OutputSanitizer();
        for (var (place, turn) = (0, 0); place < input.Length; turn++)
        {
            var size = Math.Min(sizes.Length == 0 ? input.Length : sizes[turn % sizes.Length], input.Length - place);
            sanitizer.Write(input.AsSpan(place, size), lines);
            place += size;
        }

        sanitizer.Finish(lines);
        return lines.WrittenSpan.ToArray();
    }
}
