using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using HookRunner.Core.Deployment;
using HookRunner.Host.Os;
using HookRunner.Simulation.Output;

namespace HookRunner.Simulation.Agent;

/// <summary>One lifecycle event's scripts, run one after the other as the agent runs them (hook_executor.rb:118-217).</summary>
internal sealed class HookEvent(Revision revision, ImmutableSortedDictionary<string, string> environment, EventLog log)
{
    private readonly DiagnosticsWindow _window = new();

    /// <summary>Null where all scripts succeeded; the first failure ends the event.</summary>
    public ScriptFailure? Run(LifecycleEvent item)
    {
        _window.Add($"LifecycleEvent - {item}\n");
        var variables = environment.SetItem("LIFECYCLE_EVENT", item.Name());
        return revision.AppSpec.HooksOf(item).Select(hook => Run(hook, variables)).FirstOrDefault(failure => failure is not null);
    }

    private ScriptFailure? Run(AppSpecHook hook, ImmutableSortedDictionary<string, string> variables)
    {
        var path = revision.PathOf(hook);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return Failure(ScriptFailure.Missing, hook, $"Script does not exist at specified location: {Path.GetFullPath(path)}");
        }

        if (!MakeExecutable(path))
        {
            return Failure(ScriptFailure.NotExecutable, hook, $"Unable to set script at specified location: {hook.Script} as executable");
        }

        _window.Add($"Script - {hook.Script}\n");
        var command = ScriptCommand.Of(hook, path, variables, IsKnown(hook.RunAs));
        return Judge(Execute(command, TimeSpan.FromSeconds(hook.TimeoutSeconds)), hook);
    }

    private ScriptEnd Execute(ScriptCommand command, TimeSpan timeout)
    {
        // What ended since the last script is to be gone for this one.
        _ = Reaper.Collect(0);
        if (PipedProcess.Start(command.Words, command.Environment, out var error) is not { } process)
        {
            return new ScriptEnd.NotStarted(error!);
        }

        var isBroken = false;
        var end = new ScriptRun(process, Take, log.ShowIfSlow).Wait(timeout);
        return isBroken && end is (ScriptEnd.Exited or ScriptEnd.Killed) ? new ScriptEnd.BrokenLine() : end;

        void Take(string stream, byte[] line)
        {
            log.Line(Encoding.UTF8.GetString(line));
            if (!isBroken)
            {
                _window.Add([.. Encoding.ASCII.GetBytes(stream), .. line]);
                isBroken = BreaksReader(line);
            }
        }
    }

    private ScriptFailure? Judge(ScriptEnd end, AppSpecHook hook)
    {
        var subject = "Script at specified location: " + hook.Script;
        var prefix = subject + (hook.RunAs is { } user ? $" run as user {user}" : "");
        switch (end)
        {
            case ScriptEnd.Exited { Status: 0 }:
                return null;
            case ScriptEnd.Exited exited:
                return Failure(ScriptFailure.Failed, hook, string.Create(CultureInfo.InvariantCulture, $"{prefix} failed with exit code {exited.Status}"));
            case ScriptEnd.Killed:
                // Ruby has no exit status for a signal: the message ends with the blank.
                return Failure(ScriptFailure.Failed, hook, $"{prefix} failed with exit code ");
            case ScriptEnd.TimedOut timedOut:
                NoteWhere(timedOut.IgnoredTerm, "the script ignored TERM: agent 1.8 would wait for its end, 2.x kills it after 5 s, as was done here");
                return Failure(ScriptFailure.TimedOut, hook, string.Create(CultureInfo.InvariantCulture, $"{subject} failed to complete in {hook.TimeoutSeconds} seconds"));
            case ScriptEnd.LeftOpen open:
                return Failure(ScriptFailure.OutputsLeftOpen, hook, $"{subject} failed to close {open.Stream}");
            case ScriptEnd.BrokenLine:
                return Failure(ScriptFailure.Failed, hook, $"{prefix} failed with error ArgumentError with message invalid byte sequence in UTF-8");
            case ScriptEnd.NotStarted { Error: var error }:
                return Failure(ScriptFailure.Failed, hook, $"{prefix} failed with error {RubyError.OfStart(error, revision.PathOf(hook))}");
            default:
                throw new UnreachableException();
        }
    }

    private ScriptFailure Failure(int code, AppSpecHook hook, string message) => ScriptFailure.Of(code, hook.Script, message, _window);

    private bool IsKnown(string? user)
    {
        var isKnown = user is null || Accounts.CanBecome(user);
        NoteWhere(!isKnown && user != "root", $"user {user} is not here, or out of the sandbox's reach: the script runs as root");
        return isKnown;
    }

    private void NoteWhere(bool condition, string text)
    {
        if (condition)
        {
            log.Note(text);
        }
    }

    /// <summary>A file without any x bit gets a+x (hook_executor.rb:133-139).</summary>
    private static bool MakeExecutable(string path)
    {
        const UnixFileMode All = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & All) == 0)
            {
                File.SetUnixFileMode(path, mode | All);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether what is left after trailing blanks and NULs ends in a byte that is not UTF-8.</summary>
    private static bool BreaksReader(ReadOnlySpan<byte> line)
    {
        var text = line.TrimEnd("\0\t\n\v\f\r "u8);
        return !text.IsEmpty && Rune.DecodeLastFromUtf8(text, out _, out _) != System.Buffers.OperationStatus.Done;
    }
}
