using System.Globalization;
using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>The users and groups of this host, asked of the C library, so that LDAP and the like count too.</summary>
internal static unsafe class Users
{
    private const int BufferTooSmall = 34;
    private const int LargestBuffer = 1 << 20;

    private delegate int PasswordLookup(Libc.PasswordEntry* entry, byte* buffer, nuint size, Libc.PasswordEntry** result);

    public static uint CurrentId { get; } = Libc.EffectiveUserId();

    public static bool IsRoot => CurrentId == 0;

    /// <summary>Who hookrunner runs as. A uid without an account gets its number as name and `/` as home.</summary>
    public static UserAccount Current() => FindById(CurrentId)
        ?? new UserAccount(Number(CurrentId), CurrentId, Libc.EffectiveGroupId(), "/", "/bin/sh");

    /// <summary>A name, else a number that has an account; null where there is none.</summary>
    public static UserAccount? Find(string nameOrNumber) =>
        FindByName(nameOrNumber) ?? (TryNumber(nameOrNumber, out var id) ? FindById(id) : null);

    public static UserAccount? FindById(uint id) =>
        Look((entry, buffer, size, result) => Libc.GetUserById(id, entry, buffer, size, result));

    /// <summary>A group's number by its name; a number stands for itself. Null where there is no such group.</summary>
    public static uint? FindGroup(string nameOrNumber)
    {
        for (var size = 4096; size <= LargestBuffer; size *= 4)
        {
            Libc.GroupEntry entry;
            Libc.GroupEntry* found;
            fixed (byte* buffer = new byte[size])
            {
                var error = Libc.GetGroupByName(nameOrNumber, &entry, buffer, (nuint)size, &found);
                if (error != BufferTooSmall)
                {
                    return found != null ? entry.GroupId : TryNumber(nameOrNumber, out var id) ? id : null;
                }
            }
        }

        return null;
    }

    /// <summary>The user's own group and every other it belongs to, as its programs get them.</summary>
    public static uint[] GroupsOf(UserAccount user)
    {
        var count = 64;
        var groups = new uint[count];
        fixed (uint* list = groups)
        {
            if (Libc.GetGroupList(user.Name, user.GroupId, list, &count) >= 0)
            {
                return groups[..count];
            }
        }

        groups = new uint[count];
        fixed (uint* list = groups)
        {
            return Libc.GetGroupList(user.Name, user.GroupId, list, &count) >= 0 ? groups[..count] : [user.GroupId];
        }
    }

    private static UserAccount? FindByName(string name) =>
        Look((entry, buffer, size, result) => Libc.GetUserByName(name, entry, buffer, size, result));

    private static UserAccount? Look(PasswordLookup lookup)
    {
        for (var size = 4096; size <= LargestBuffer; size *= 4)
        {
            Libc.PasswordEntry entry;
            Libc.PasswordEntry* found;
            fixed (byte* buffer = new byte[size])
            {
                var error = lookup(&entry, buffer, (nuint)size, &found);
                if (error != BufferTooSmall)
                {
                    return found != null ? Account(entry) : null;
                }
            }
        }

        return null;
    }

    private static UserAccount Account(Libc.PasswordEntry entry) => new(
        Text(entry.Name), entry.UserId, entry.GroupId,
        Text(entry.Home) is { Length: > 0 } home ? home : "/",
        // passwd(5): an empty shell field means /bin/sh.
        Text(entry.Shell) is { Length: > 0 } shell ? shell : "/bin/sh");

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Number(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
