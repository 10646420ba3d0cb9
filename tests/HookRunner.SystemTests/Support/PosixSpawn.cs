using System.Runtime.InteropServices;

namespace HookRunner.SystemTests.Support;

/// <summary>
/// posix_spawn with what an agent's child gets: own process group, same session, no descriptor beyond 0 to 2, no blocked
/// and no ignored signal.
/// </summary>
internal static unsafe partial class PosixSpawn
{
    private const short SetProcessGroup = 0x02;
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;

    /// <summary>Larger than any of the library's three opaque types.</summary>
    private const int OpaqueSize = 1024;

    /// <returns>0, or the error number with which the program could not be started.</returns>
    public static int Start(ProcessStart start, (int Input, int Output, int Error) streams, out int pid)
    {
        var actions = NativeMemory.AllocZeroed(OpaqueSize);
        var attributes = NativeMemory.AllocZeroed(OpaqueSize);
        var argv = TextVector([start.Program, .. start.Arguments]);
        var envp = TextVector([.. start.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            InitializeActions(actions);
            foreach (var (from, to) in new[] { (streams.Input, 0), (streams.Output, 1), (streams.Error, 2) })
            {
                AddDuplicate(actions, from, to);
            }

            AddCloseFrom(actions, 3);
            SetAttributes(attributes);
            return Spawn(out pid, start.Program, actions, attributes, argv, envp);
        }
        finally
        {
            DestroyActions(actions);
            DestroyAttributes(attributes);
            FreeVector(argv);
            FreeVector(envp);
            NativeMemory.Free(actions);
            NativeMemory.Free(attributes);
        }
    }

    private static void SetAttributes(void* attributes)
    {
        var signals = NativeMemory.AllocZeroed(OpaqueSize);
        InitializeAttributes(attributes);
        SetFlags(attributes, SetProcessGroup | SetSignalDefaults | SetSignalMask);
        SetGroup(attributes, 0);
        SetMask(attributes, signals);
        FillSignals(signals);
        SetDefaults(attributes, signals);
        NativeMemory.Free(signals);
    }

    private static byte** TextVector(string[] texts)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (var index = 0; index < texts.Length; index++)
        {
            vector[index] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[index]);
        }

        return vector;
    }

    private static void FreeVector(byte** vector)
    {
        for (var entry = vector; *entry != null; entry++)
        {
            Marshal.FreeCoTaskMem((nint)(*entry));
        }

        NativeMemory.Free(vector);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int pid, string path, void* actions, void* attributes, byte** argv, byte** envp);

    // The rest fails for want of memory only: no test would learn anything from that.
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial void InitializeActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial void AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    private static partial void AddCloseFrom(void* actions, int first);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial void DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial void InitializeAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial void SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial void SetGroup(void* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial void SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial void SetDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial void DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial void FillSignals(void* signals);
}
