using CsCheck;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Yaml;

public class YamlTextSpecs
{
    private static readonly Gen<(string Text, YamlEdit[] Edits)> Edited =
        Gen.Select(Gen.Char['a', 'z'].Array[0, 40], Gen.Select(Gen.Int[0, 8], Gen.Int[0, 3], Gen.Int[0, 3]).Array[0, 6], (letters, steps) =>
        {
            var (edits, at) = (new List<YamlEdit>(), 0);
            foreach (var (gap, removed, inserted) in steps)
            {
                at += gap;
                if (at + removed <= letters.Length && removed + inserted > 0)
                {
                    edits.Add(new YamlEdit(at, removed, new string('#', inserted)));
                    at += removed + 1;
                }
            }

            return (new string(letters), edits.ToArray());
        });

    [Fact]
    public void A_character_that_was_left_is_found_where_it_was_written() =>
        Edited.Sample(item =>
        {
            var text = new YamlText(new SourceText("", item.Text)).With([.. item.Edits])!;

            for (var i = 0; i < text.Content.Length; i++)
            {
                if (text.Content[i] != '#')
                {
                    item.Text[text.Written(i)].Should().Be(text.Content[i]);
                }
            }

            text.Written(text.Content.Length).Should().Be(item.Text.Length);
        });

    [Fact]
    public void Edits_add_up_in_any_order() =>
        Edited.Sample(item =>
        {
            var source = new SourceText("", item.Text);
            var once = new YamlText(source).With([.. item.Edits])!;

            var twice = new YamlText(source);
            foreach (var edit in item.Edits.Reverse())
            {
                twice = twice.With([edit])!;
            }

            twice.Content.Should().Be(once.Content);
        });

    [Fact]
    public void Edits_of_the_same_characters_are_refused()
    {
        var text = new YamlText(new SourceText("", "abcd"));

        text.With([new YamlEdit(1, 2, "x"), new YamlEdit(2, 1, "y")]).Should().BeNull();
    }
}
