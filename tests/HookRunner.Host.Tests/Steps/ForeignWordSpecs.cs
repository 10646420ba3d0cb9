using HookRunner.Core.Language;
using HookRunner.Core.Reference;
using HookRunner.Core.Steps;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Tests.Steps;

public class ForeignWordSpecs
{
    [Fact]
    public void A_word_that_is_suggested_is_one_of_the_language()
    {
        var language = LanguageReference.Markdown(StepCatalog.All);

        ForeignWord.Own.Where(word => !language.Contains($"`{word}`", StringComparison.Ordinal) && !StepWords.Contains(word, StepCatalog.All)).Should().BeEmpty();
    }
}
