using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>Users and groups of this machine, as far as the sandbox can reach them: in a user namespace there is root alone.</summary>
internal sealed class Accounts(SandboxKind sandbox)
{
    private readonly bool _hasOthers = sandbox != SandboxKind.User && Users.IsRoot;

    public bool CanBecome(string user) => _hasOthers && Users.Find(user) is not null;

    /// <summary>Null where there is no such user, or no file can be given to it.</summary>
    public uint? UserId(string name) => Reachable(Users.Find(name)?.Id);

    public uint? GroupId(string name) => Reachable(Users.FindGroup(name));

    private uint? Reachable(uint? id) => _hasOthers || id == 0 ? id : null;
}
