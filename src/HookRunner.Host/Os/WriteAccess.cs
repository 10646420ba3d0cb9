using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Who besides root and its owner can put entries into a directory, or replace them.</summary>
internal static class WriteAccess
{
    private const uint WorldWritable = 0x2, GroupWritable = 0x10;

    /// <summary>Who can, in words; null: nobody. The private group that many systems give each user counts as that user.</summary>
    public static string? Strangers(FileStatus directory)
    {
        if ((directory.Permissions & WorldWritable) != 0)
        {
            return "every user";
        }

        return (directory.Permissions & GroupWritable) != 0 && directory.Group != 0 && !IsPrivate(directory.Group, directory.User)
            ? $"group {NameOfGroup(directory.Group)}"
            : null;
    }

    /// <summary>A group named as the user, with no other member (useradd(8), USERGROUPS_ENAB).</summary>
    private static unsafe bool IsPrivate(uint group, uint user)
    {
        var (entry, account) = (default(Libc.GroupEntry), default(Libc.PasswordEntry));
        Libc.GroupEntry* foundGroup;
        Libc.PasswordEntry* foundUser;
        var size = (nuint)(64 * 1024);
        fixed (byte* first = new byte[size], second = new byte[size])
        {
            if (Libc.GetGroupById(group, &entry, first, size, &foundGroup) != 0 || foundGroup is null
                || Libc.GetUserById(user, &account, second, size, &foundUser) != 0 || foundUser is null)
            {
                return false;
            }

            var name = Text(account.Name);
            for (var member = entry.Members; *member is not null; member++)
            {
                if (Text(*member) != name)
                {
                    return false;
                }
            }

            return Text(entry.Name) == name;
        }
    }

    private static unsafe string NameOfGroup(uint group)
    {
        var entry = default(Libc.GroupEntry);
        Libc.GroupEntry* found;
        var size = (nuint)(64 * 1024);
        fixed (byte* buffer = new byte[size])
        {
            return Libc.GetGroupById(group, &entry, buffer, size, &found) == 0 && found is not null ? Text(entry.Name) : $"{group}";
        }
    }

    private static unsafe string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
