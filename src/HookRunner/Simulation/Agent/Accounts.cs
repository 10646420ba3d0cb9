using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>Users and groups of this machine, as far as they can be reached: in a user namespace there is root alone.</summary>
internal static class Accounts
{
    private const uint AnyOther = 1;

    /// <summary>su(1) sets groups too, which a namespace of one user does not allow.</summary>
    public static bool CanBecome(string user) => Users.IsRoot && IdentityMap.HasUser(AnyOther) && UserId(user) is not null;

    /// <summary>Null where there is no such user, or no file can be given to it.</summary>
    public static uint? UserId(string name) => Users.Find(name)?.Id is { } id && IdentityMap.HasUser(id) ? id : null;

    public static uint? GroupId(string name) => Users.FindGroup(name) is { } id && IdentityMap.HasGroup(id) ? id : null;
}
