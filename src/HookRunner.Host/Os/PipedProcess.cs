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
        int[] descriptors = [child[0].Number, child[1].Number, child[2].Number];
        pipes[0].Writing.Close();
        var number = SpawnedProcess.Start(words, environment, descriptors, ownGroup: true, out var id);
        if (number == Errno.ENOEXEC)
        {
            // Ruby hands to sh what the kernel does not take for a program, as a shell would.
            number = SpawnedProcess.Start(["/bin/sh", .. words], environment, descriptors, ownGroup: true, out id);
        }

        Array.ForEach(child, end => end.Close());
        error = number == 0 ? null : new PosixError($"start {words[0]}", number);
        return error is null ? new PipedProcess(id, pipes[1].Reading, pipes[2].Reading) : null;
    }
}
