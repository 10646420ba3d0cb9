using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Execution;

/// <summary>Asks the host whether a condition of `when` or `unless` holds now.</summary>
internal static class ConditionCheck
{
    private const int Exists = 0;

    /// <summary>The condition is complete. `first_release` is not asked here: the journal knows it.</summary>
    public static bool Holds(Condition condition, StepRun run) => condition switch
    {
        Condition.Exists exists => IsThere(run.InBundle(exists.Path.Text)),
        Condition.Missing missing => !IsThere(run.InBundle(missing.Path.Text)),
        Condition.Program program => ProgramFinder.Find(program.Name.Text, SearchPath(run)) is not null,
        Condition.User user => Users.Find(user.Name.Text) is not null,
        Condition.Unit unit => Systemctl(run, "cat", unit.Name.Text),
        Condition.Active active => Systemctl(run, "is-active", active.Name.Text),
        Condition.Run command => run.RunProgram(command.Command) is { End: ProcessEnd.Exited { Status: 0 } },
        _ => throw new InvalidOperationException($"unhandled {condition}"),
    };

    /// <summary>As `test -e`: links are followed, so that one that leads nowhere is not there.</summary>
    private static bool IsThere(string path) => Libc.Access(path, Exists) == 0;

    private static string SearchPath(StepRun run) =>
        string.Join(':', run.Step.Program.Path.Select(folder => folder.Text).Append(StepEnvironment.FixedPath));

    /// <summary>False where systemd is out of reach.</summary>
    private static bool Systemctl(StepRun run, string verb, string unit) =>
        !run.IsRecorded(ServiceAction.Kind.Name)
        && ProgramFinder.Find("systemctl", StepEnvironment.FixedPath) is not null
        && run.RunHelper(["systemctl", "--quiet", verb, "--", unit]) is { End: ProcessEnd.Exited { Status: 0 } };
}
