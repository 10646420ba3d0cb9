using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps;

/// <summary>Every kind of step there is. A new one is one file and one line here.</summary>
internal static class StepCatalog
{
    public static ImmutableArray<StepKind> All { get; } =
    [
        RunAction.Kind,
        ExecAction.Kind,
        ScriptAction.Kind,
        LinkAction.Kind,
        ReleaseAction.Kind,
        DirectoryAction.Kind,
        FileAction.Kind,
        CopyAction.Kind,
        MoveAction.Kind,
        PermissionsAction.Kind,
        RemoveAction.Kind,
        ServiceAction.Kind,
        HttpAction.Kind,
        WaitForAction.Kind,
        BackgroundAction.Kind,
        StopProcessAction.Kind,
        ContainerAction.Kind,
        ComposeAction.Kind,
        ConfigAction.Kind,
        ReportAction.Kind,
    ];
}
