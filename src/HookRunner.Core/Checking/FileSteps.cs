using HookRunner.Core.Language;

namespace HookRunner.Core.Checking;

/// <summary>Every step that a file declares, wherever it stands.</summary>
internal static class FileSteps
{
    public static IEnumerable<StepDeclaration> All(HookFile file) => Lists(file).SelectMany(Steps);

    /// <summary>Every list of them, those of groups inside it left to its reader.</summary>
    public static IEnumerable<StepList> Lists(HookFile file) => file.Lists.Values
        .Concat(Lists(file.Hooks.Values))
        .Concat(Given(file.OnFailure, file.Always, file.Rollback))
        .Concat(file.Environments.Concat(file.Roles).SelectMany(scope => Lists(scope.Hooks.Values).Concat(Given(scope.OnFailure, scope.Always))));

    private static IEnumerable<StepList> Lists(IEnumerable<EventDeclaration> events) =>
        events.SelectMany(item => Given(item.Steps, item.OnFailure, item.Always));

    private static IEnumerable<StepList> Given(params StepList?[] lists) => lists.OfType<StepList>();

    private static IEnumerable<StepDeclaration> Steps(StepList list) =>
        list.Steps.SelectMany(step => step.Inline is { } inline ? Steps(inline).Prepend(step) : [step]);
}
