using System.Collections.Immutable;

namespace HookRunner.Host.Os;

/// <summary>
/// A program started as the agent starts a script (Open3.popen3 with pgroup, agent 1.8.1, hook_executor.rb:165-175):
/// leader of its own process group, stdin at its end, stdout and stderr two pipes, no signal blocked or ignored. CliWrap
/// cannot make a group.
/// </summary>
/// <param name="Output">The reading end of its stdout.</param>
/// <param name="Errors">The reading end of its stderr.</param>
internal sealed record PipedProcess(int Id, PipeEnd Output, PipeEnd Errors)
{
    private const int OpaqueSize = 512, SignalSetSize = 128;
    private const short SetGroup = 2, SetDefaultSignals = 4, SetSignalMask = 8;

    /// <summary>Null where it could not be started; the error then says why.</summary>
    /// <param name="words">An absolute path and the arguments.</param>
    /// <param name="environment">Exactly what it will see.</param>
    public static PipedProcess? Start(
        ImmutableArray<string> words,
        ImmutableSortedDictionary<string, string> environment,
        out PosixError? error)
    {
        var pipes = new (PipeEnd Reading, PipeEnd Writing)[3];
        for (var i = 0; i < pipes.Length; i++)
        {
            if (PipeEnd.Make(out pipes[i].Reading, out pipes[i].Writing) is { } failure)
            {
                error = failure;
                return null;
            }
        }

        PipeEnd[] child = [pipes[0].Reading, pipes[1].Writing, pipes[2].Writing];
        pipes[0].Writing.Close();
        var number = Spawn(words, environment, child, out var id);
        if (number == Errno.ENOEXEC)
        {
            // Ruby hands to sh what the kernel does not take for a program, as a shell would.
            number = Spawn(["/bin/sh", .. words], environment, child, out id);
        }

        Array.ForEach(child, end => end.Close());
        error = number == 0 ? null : new PosixError($"start {words[0]}", number);
        return error is null ? new PipedProcess(id, pipes[1].Reading, pipes[2].Reading) : null;
    }

    private static unsafe int Spawn(
        ImmutableArray<string> words,
        ImmutableSortedDictionary<string, string> environment,
        PipeEnd[] descriptors,
        out int id)
    {
        byte* actions = stackalloc byte[OpaqueSize], attributes = stackalloc byte[OpaqueSize], signals = stackalloc byte[SignalSetSize];
        _ = Libc.InitializeFileActions(actions);
        _ = Libc.InitializeSpawnAttributes(attributes);
        for (var i = 0; i < descriptors.Length; i++)
        {
            _ = Libc.AddDuplicate(actions, descriptors[i].Number, i);
        }

        _ = Libc.SetSpawnFlags(attributes, SetGroup | SetDefaultSignals | SetSignalMask);
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
