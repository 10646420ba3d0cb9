using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Calls relative to an open directory. Names are bytes: what stands on a disk need not be text.</summary>
internal static partial class Libc
{
    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    public static unsafe partial int OpenAt(int directory, byte* name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    public static unsafe partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    public static unsafe partial int MakeDirectoryAt(int directory, byte* name, uint mode);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    public static unsafe partial int SymlinkAt(byte* target, int directory, byte* name);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    public static unsafe partial nint ReadLinkAt(int directory, byte* name, byte* buffer, nint size);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true)]
    public static unsafe partial int RenameAt(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    public static unsafe partial int ChangeOwnerAt(int directory, byte* name, uint user, uint group, int flags);

    /// <summary>As <see cref="GetUserByName"/>, for groups.</summary>
    [LibraryImport(Library, EntryPoint = "getgrgid_r")]
    public static unsafe partial int GetGroupById(uint id, GroupEntry* entry, byte* buffer, nuint size, GroupEntry** result);
}
