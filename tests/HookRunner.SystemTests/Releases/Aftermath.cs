using System.Text.Json;

namespace HookRunner.SystemTests.Releases;

/// <summary>What must hold after an event was cut off or met an error, wherever that was.</summary>
internal static class Aftermath
{
    public static void Check(Site site, Scenario scenario, string why)
    {
        site.LiveRevision(why).Should().BeOneOf([scenario.Before, scenario.After], why);
        CheckJournal(site, why);

        site.Run("BeforeInstall", "d-9").Should().Be(0, $"{why}\n{site.Output}");
        if (Directory.Exists(site.At("bundle/app")))
        {
            site.Fill("bundle/app", "d-9");
        }
        else
        {
            site.Install("d-9");
        }

        site.LiveRevision(why).Should().BeOneOf([scenario.Before, scenario.After], why);
        site.Run("AfterInstall", "d-9").Should().Be(0, $"{why}\n{site.Output}");
        site.LiveRevision(why).Should().Be("d-9", why);
        site.Leftovers().Should().BeEmpty(why);
        CheckJournal(site, why);
    }

    /// <summary>Every line is a record; one that was torn stands alone.</summary>
    private static void CheckJournal(Site site, string why)
    {
        if (!File.Exists(site.At("state/shop/journal.jsonl")))
        {
            return;
        }

        File.ReadAllLines(site.At("state/shop/journal.jsonl")).Count(line => !IsRecord(line)).Should().BeLessThan(2, why);
    }

    private static bool IsRecord(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("type").GetString() is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
