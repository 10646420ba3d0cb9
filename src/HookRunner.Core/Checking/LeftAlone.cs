using HookRunner.Core.Language;

namespace HookRunner.Core.Checking;

/// <summary>A line that ends in `&amp;`: its program is started and left alone.</summary>
internal static class LeftAlone
{
    /// <summary>False where the text waits for what it started.</summary>
    public static bool In(string text) => !text.Contains("wait", StringComparison.Ordinal) && text.Split('\n').Any(IsLeftAlone);

    public static string Remedy(StepDeclaration step) => step.Kind?.Name == "background"
        ? "take `&` out, and `nohup` with it: `background` starts it so that it goes on"
        : "write `background: { command: ..., log: FILE }`, which looks after it until it has proved itself";

    private static bool IsLeftAlone(string line) =>
        line.AsSpan().TrimEnd() is [.., var before, '&'] && before is not ('&' or '>' or '<' or '\\' or '|');
}
