using System.Diagnostics;

namespace HookRunner.Core.Tests.Language;

/// <summary>Files with more names and mistakes than any person writes are read within seconds, on a slow and busy machine.</summary>
public class LimitSpecs
{
    public static TheoryData<string, string> Files => new()
    {
        { "lists that are not there", $"steps:\n{Lines(3000, i => $"  listname{i}: [{{ use: lostname{i} }}]")}" },
        { "unknown keys", Lines(8000, i => $"hoks{i}: x") },
        { "unknown variables", $"env:\n{Lines(3000, i => $"  A{i}: ${{vraiable{i}}}")}vars:\n{Lines(3000, i => $"  variable{i}: x")}" },
        { "groups that no environment takes", $"environments: {{ e: {{ groups: [{Lines(2000, i => $"'*a*a*a*b{i}', ")}] }} }}\non_failure:\n{Lines(1000, _ => "- { run: x, only: { group: aaaaaaaaaaaaaaaaaaaaaaaa } }")}" },
        { "layers of variables", $"environments:\n{Lines(2000, i => $"  e{i}: {{ groups: g{i}, vars: {{ a: \"${{b}}\" }} }}")}roles:\n{Lines(2000, i => $"  r{i}: {{ groups: g{i}, vars: {{ b: x }} }}")}" },
        { "variables in a shell's text", $"vars: {{ a: x }}\non_failure: [{{ run: '{Lines(20_000, i => $"${{a{i}}} ${{a")}' }}]" },
        { "broken lines", $"hooks:\n  AfterInstall:\n{Lines(4000, _ => "    - run: echo a: b")}" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_too_much_takes_no_more_than_seconds(string what, string text)
    {
        var clock = Stopwatch.StartNew();
        Reading.Of($"version: 1\n{text}");

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), what);
    }

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));
}
