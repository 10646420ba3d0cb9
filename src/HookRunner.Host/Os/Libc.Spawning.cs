using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>posix_spawn and what it is told by.</summary>
internal static partial class Libc
{
    /// <summary>execv(3): returns only after a failure.</summary>
    [LibraryImport(Library, EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Execute(string path, byte** arguments);

    /// <summary>Returns the error number itself, as all of this family.</summary>
    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Spawn(int* process, string path, byte* fileActions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static unsafe partial int InitializeFileActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static unsafe partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static unsafe partial int DestroyFileActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static unsafe partial int InitializeSpawnAttributes(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static unsafe partial int SetSpawnFlags(byte* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setpgroup")]
    public static unsafe partial int SetSpawnGroup(byte* attributes, int group);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static unsafe partial int SetSpawnDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static unsafe partial int SetSpawnSignalMask(byte* attributes, byte* signals);

    /// <summary>execve(2): returns only after a failure.</summary>
    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Execute(string path, byte** arguments, byte** environment);

    /// <summary>The groups that a user belongs to become those of this process, all its threads included.</summary>
    [LibraryImport(Library, EntryPoint = "initgroups", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TakeGroups(string user, uint group);

    /// <summary>As root: real, effective and saved at once, of all threads, for good.</summary>
    [LibraryImport(Library, EntryPoint = "setgid", SetLastError = true)]
    public static partial int BecomeGroup(uint group);

    /// <summary>As <see cref="BecomeGroup"/>.</summary>
    [LibraryImport(Library, EntryPoint = "setuid", SetLastError = true)]
    public static partial int BecomeUser(uint user);
}
