namespace HookRunner.Host.Os;

/// <summary>A user of this host, as getpwnam_r knows it.</summary>
internal sealed record UserAccount(string Name, uint Id, uint GroupId, string Home, string Shell);
