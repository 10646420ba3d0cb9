using System.Diagnostics;
using System.Text;
using CsCheck;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Tests.Language;

/// <summary>Whatever the bytes are: a file or a diagnostic, every place inside the text, never an exception, soon.</summary>
public class FuzzSpecs
{
    private const int Cases = 3000;

    /// <summary>Pieces that mean something to YAML or to the language, so that mutations go deep.</summary>
    private static readonly string[] Pieces =
    [
        "\n", " ", "  ", "\t", "- ", ": ", ":", ", ", "[", "]", "{", "}", "\"", "'", "|\n", ">\n", "&a ", "*a", "<<: ", "!x ", "? ", "# ", "#", "---\n", "...\n", "%YAML 1.2\n",
        "${port}", "${", "}", "$$", "\\", "\\u", "\\x0", "@", "`", "~", "run: ", "exec: ", "use: ", "steps: ", "when: ", "only: ", "version: 1\n", "'/(/'", "/^x{2}$/", "vars:\n", "x-a: ",
        "\r\n", "\u00a0", "\u2028", "\u00e9", "\U0001F600", "\ufeff", "0", "1h", "true",
    ];

    private static readonly byte[] Valid = Encoding.UTF8.GetBytes(ValidFileSpecs.Text);

    private static readonly Gen<byte[]> Mutated = Gen.Select(Gen.Int[0, Valid.Length], Gen.Int[0, 40], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 3]).Array[1, 6]
        .Select(edits => edits.Aggregate(Valid, (bytes, edit) => Edited(bytes, edit.Item1, edit.Item2, string.Concat(edit.Item3))));

    private static readonly Gen<byte[]> Composed = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    [Fact]
    public void Arbitrary_bytes_end_in_a_diagnostic() => Gen.Byte.Array[0, 200].Sample(Check, iter: Cases, threads: 1);

    [Fact]
    public void Pieces_of_YAML_end_in_a_file_or_a_diagnostic() => Composed.Sample(Check, iter: Cases, threads: 1);

    [Fact]
    public void A_valid_file_with_changes_ends_in_a_file_or_a_diagnostic() => Mutated.Sample(Check, iter: Cases, threads: 1);

    [Fact]
    public void Every_beginning_of_a_valid_file_ends_in_a_file_or_a_diagnostic()
    {
        for (var length = 0; length < Valid.Length; length++)
        {
            Check(Valid[..length]);
        }
    }

    [Fact]
    public void A_valid_file_without_one_of_its_lines_ends_in_a_file_or_a_diagnostic()
    {
        var lines = ValidFileSpecs.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            Check(Encoding.UTF8.GetBytes(string.Join('\n', lines.Where((_, at) => at != i))));
        }
    }

    private static void Check(byte[] bytes)
    {
        var (diagnostics, clock) = (new DiagnosticBag(), Stopwatch.StartNew());
        var file = HookFileReader.Load("f", bytes, Kinds.All, diagnostics);

        (file is not null || diagnostics.HasErrors).Should().BeTrue();
        foreach (var found in diagnostics.Sorted())
        {
            var (source, line, column) = found.Location;
            line.Should().BeInRange(1, source.Content.Count(c => c == '\n') + 1, found.Message);
            column.Should().BeInRange(1, source.Line(line).Length + 2, found.Message);
        }

        DiagnosticText.Render(diagnostics).Should().NotContain("\u001b");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static byte[] Edited(byte[] bytes, int at, int removed, string inserted)
    {
        var start = Math.Min(at, bytes.Length);
        return [.. bytes[..start], .. Encoding.UTF8.GetBytes(inserted), .. bytes[Math.Min(start + removed, bytes.Length)..]];
    }
}
