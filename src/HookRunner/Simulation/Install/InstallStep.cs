namespace HookRunner.Simulation.Install;

/// <summary>One act of Install. A closed set.</summary>
internal abstract record InstallStep
{
    private InstallStep()
    {
    }

    internal sealed record MakeDirectory(string Path) : InstallStep;

    internal sealed record Copy(string Source, string Destination) : InstallStep;

    internal sealed record ChangeMode(string Path, uint Mode) : InstallStep;

    internal sealed record ChangeOwner(string Path, string? Owner, string? Group) : InstallStep;
}
