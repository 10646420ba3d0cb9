using System.Buffers;
using System.Diagnostics;
using System.Text;
using CsCheck;
using HookRunner.Host.Output;

namespace HookRunner.Host.Tests.Output;

public class SecretMaskSpecs
{
    private const string Secret = "s3cr3t'\"$ /+ü&<pass>\\word";

    private static readonly Gen<string> Secrets = Gen.String[Gen.Char[' ', '~'], 4, 30];
    private static readonly Gen<string> Texts = Gen.String[Gen.Char[' ', '~'], 0, 60];

    [Fact]
    public void A_secret_is_hidden_wherever_it_stands() =>
        Mask("hunter22").Apply("a hunter22 b hunter22hunter22").Should().Be("a *** b ***");

    [Fact]
    public void Without_secrets_nothing_changes() => new SecretMask().Apply("hunter22").Should().Be("hunter22");

    [Fact]
    public void A_value_of_three_letters_is_too_short_to_hide()
    {
        var mask = new SecretMask();

        mask.Add("abc").Should().BeFalse();
        mask.Apply("abc").Should().Be("abc");
    }

    [Fact]
    public void Of_two_secrets_that_begin_alike_the_longer_one_is_hidden_whole() =>
        Mask("pass", "password-of-mine").Apply("x password-of-mine y pass z").Should().Be("x *** y *** z");

    [Fact]
    public void Secrets_that_overlap_are_hidden_together() => Mask("abcdef", "defghi").Apply("-abcdefghi-").Should().Be("-***-");

    [Theory]
    [InlineData("base64")]
    [InlineData("base64 -w0")]
    [InlineData("sed 's/^/x/' | base64 -w0")]
    [InlineData("sed 's/^/xy/' | base64 -w0")]
    [InlineData("sed 's/^/xyz/; s/$/ and more/' | base64 -w0")]
    [InlineData("base64 -w0 | tr +/ -_")]
    public void Base64_is_recognised_at_every_alignment(string encode) =>
        Mask(Secret).Apply(Shell($"printf %s \"$SECRET\" | {encode}")).Should().Contain("***").And.NotContainAny(Leaks(encode));

    [Theory]
    [InlineData("python3", "-c", "import os, urllib.parse as u; print(u.quote(os.environ['SECRET'], safe=''))")]
    [InlineData("python3", "-c", "import os, urllib.parse as u; print(u.quote_plus(os.environ['SECRET']))")]
    [InlineData("python3", "-c", "import os, json; print(json.dumps([os.environ['SECRET']]))")]
    [InlineData("python3", "-c", "import os, json; print(json.dumps([os.environ['SECRET']], ensure_ascii=False))")]
    [InlineData("python3", "-c", "import os, shlex; print(shlex.quote(os.environ['SECRET']))")]
    [InlineData("bash", "-c", "printf '%q\n' \"$SECRET\"")]
    [InlineData("bash", "-xc", ": \"$SECRET\"")]
    [InlineData("bash", "-c", "declare -p SECRET")]
    public void What_programs_make_of_a_secret_is_recognised(params string[] words)
    {
        var printed = Run(words);

        Mask(Secret).Apply(printed).Should().Contain("***").And.NotContainAny("s3cr3t", "word", "pass");
    }

    [Fact]
    public void A_key_of_many_lines_is_hidden_line_by_line() =>
        Mask("-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n").Apply("> MIIEvQIBADANBgkq\n> hkiG9w0BAQEFAASC")
            .Should().Be("> ***\n> ***");

    [Fact]
    public void A_secret_is_hidden_however_the_text_is_split() => Gen.Select(Secrets, Texts, Texts, Gen.Int[1, 9]).Sample((secret, before, after, size) =>
    {
        var text = Encoding.UTF8.GetBytes(before + secret + after);
        var mask = Mask(secret);
        var output = new ArrayBufferWriter<byte>();
        var stream = new MaskStream(mask);
        foreach (var part in text.Chunk(size))
        {
            stream.Write(part, output);
        }

        stream.Finish(output);
        return !Encoding.UTF8.GetString(output.WrittenSpan).Contains(secret, StringComparison.Ordinal)
            && output.WrittenSpan.SequenceEqual(mask.Apply(text));
    });

    [Fact]
    public void Text_that_only_begins_like_a_secret_passes() =>
        Mask("hunter22").Apply("hunter hunter2 hunter21 hunterhunter2-").Should().Be("hunter hunter2 hunter21 hunterhunter2-");

    [Fact]
    public void A_secret_cut_off_by_the_end_of_the_text_is_hidden() =>
        Mask("0123456789abcdef").Apply("token 0123456789abc").Should().Be("token ***");

    private static SecretMask Mask(params string[] secrets)
    {
        var mask = new SecretMask();
        Array.ForEach(secrets, secret => mask.Add(secret).Should().BeTrue());
        return mask;
    }

    // Four letters in a row of the encoded secret's middle would give three bytes of it away.
    private static string[] Leaks(string encode)
    {
        var encoded = Shell($"printf %s \"$SECRET\" | {encode}").Replace("\n", "", StringComparison.Ordinal);
        return [encoded[8..16], encoded[16..24]];
    }

    private static string Shell(string text) => Run("sh", "-c", text);

    private static string Run(params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SECRET"] = Secret;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        return process.StandardOutput.ReadToEnd() + error.Result;
    }
}
