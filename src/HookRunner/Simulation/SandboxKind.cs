namespace HookRunner.Simulation;

/// <summary>How the machine is kept apart from what the hooks do.</summary>
internal enum SandboxKind
{
    /// <summary>Not at all: `--no-sandbox`, inside a container that is thrown away.</summary>
    None,

    /// <summary>Own namespaces, as root; one overlay over `/`.</summary>
    Root,

    /// <summary>A user namespace whose root is the calling user; overlays of the top-level directories one by one.</summary>
    User,
}
