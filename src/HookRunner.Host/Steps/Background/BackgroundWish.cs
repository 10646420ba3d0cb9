using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Background;

/// <summary>What shall run in the background, all known.</summary>
/// <param name="Name">Of its unit, without `.service`; where there is no systemd, its mark in the process's environment.</param>
/// <param name="Log">Null: the journal, or without systemd a file of hookrunner's.</param>
/// <param name="AliveFor">How long it must live to count as started.</param>
internal sealed record BackgroundWish(string Name, CommandText Command, string? Log, string? PidFile, TimeSpan AliveFor, int? Port)
{
    public string Unit => Name + ".service";
}
