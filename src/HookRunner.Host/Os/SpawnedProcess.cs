using System.Collections.Immutable;

namespace HookRunner.Host.Os;

/// <summary>
/// A program started by posix_spawn(3), of which the framework knows nothing and which it therefore neither reaps nor
/// waits for: no signal is blocked or ignored in it.
/// </summary>
internal static class SpawnedProcess
{
    private const int OpaqueSize = 512, SignalSetSize = 128;
    private const short SetGroup = 2, SetDefaultSignals = 4, SetSignalMask = 8;

    /// <summary>0, or the number of the error.</summary>
    /// <param name="words">An absolute path and the arguments.</param>
    /// <param name="environment">Exactly what it will see.</param>
    /// <param name="descriptors">What its descriptors 0, 1 and 2 are; it has no others but what is not close-on-exec.</param>
    /// <param name="ownGroup">It leads a process group of its own.</param>
    public static unsafe int Start(
        ImmutableArray<string> words,
        IEnumerable<KeyValuePair<string, string>> environment,
        ReadOnlySpan<int> descriptors,
        bool ownGroup,
        out int id)
    {
        byte* actions = stackalloc byte[OpaqueSize], attributes = stackalloc byte[OpaqueSize], signals = stackalloc byte[SignalSetSize];
        _ = Libc.InitializeFileActions(actions);
        _ = Libc.InitializeSpawnAttributes(attributes);
        for (var i = 0; i < descriptors.Length; i++)
        {
            _ = Libc.AddDuplicate(actions, descriptors[i], i);
        }

        _ = Libc.SetSpawnFlags(attributes, (short)((ownGroup ? SetGroup : 0) | SetDefaultSignals | SetSignalMask));
        _ = Libc.SetSpawnGroup(attributes, 0);
        new Span<byte>(signals, SignalSetSize).Clear();
        _ = Libc.SetSpawnSignalMask(attributes, signals);
        new Span<byte>(signals, SignalSetSize).Fill(0xFF);
        _ = Libc.SetSpawnDefaultSignals(attributes, signals);
        using var arguments = new NativeTexts(words);
        using var variables = new NativeTexts(environment.Select(pair => $"{pair.Key}={pair.Value}"));
        int process;
        var number = Libc.Spawn(&process, words[0], actions, attributes, arguments.Pointer, variables.Pointer);
        _ = Libc.DestroyFileActions(actions);
        id = process;
        return number;
    }
}
