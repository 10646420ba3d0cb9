using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Steps;

/// <summary>One attempt of one step: what its act may know and touch.</summary>
internal abstract class StepRun
{
    public abstract PlannedStep Step { get; }

    public abstract ExecutionPlan Plan { get; }

    /// <summary>This host's releases, and their journal.</summary>
    public abstract ReleaseContext Releases { get; }

    /// <summary>The end of this attempt: the step's timeout or the event's end, whichever is sooner.</summary>
    public abstract Deadline Deadline { get; }

    /// <summary>Cancelled when hookrunner is told to stop. <see cref="StoppedBy"/> then names the signal.</summary>
    public abstract CancellationToken Stopping { get; }

    public abstract int StoppedBy { get; }

    /// <summary>True under `simulate`.</summary>
    public abstract bool IsSimulated { get; }

    /// <summary>Under `simulate` what reaches outside (`service`) is recorded with <see cref="Say"/>, not done, unless `--real` names its kind.</summary>
    public abstract bool IsRecorded(string kind);

    /// <summary>`http` may reach other hosts under `simulate` (`--network`).</summary>
    public abstract bool MayReachNetwork { get; }

    /// <summary>Under `simulate`: a `service` (or container, compose) was recorded before, so its answer is not there to check.</summary>
    public abstract bool HasRecordedService { get; set; }

    /// <summary>A line for the agent: it stands where the step's own output would.</summary>
    public abstract void Say(string line);

    /// <summary>The absolute path of something that is read: as it is, or inside the bundle.</summary>
    public string InBundle(string path) => Plan.Deployment.InBundle(path);

    /// <summary>Waits; false where the deadline or a stop came first.</summary>
    public abstract bool Pause(TimeSpan span);

    /// <summary>
    /// Runs a command under this step's own settings (user, environment, working directory, shell, source, login): for
    /// `run`, `exec`, `script`, `wait_for.command` and `when.run`. It ends with the attempt, or after <paramref name="within"/>.
    /// </summary>
    public abstract ProcessReport RunProgram(CommandText command, bool captures = false, TimeSpan? within = null);

    /// <summary>The same for a program whose words are known already.</summary>
    public abstract ProcessReport RunProgram(ImmutableArray<string> words, bool captures = false);

    /// <summary>
    /// The same, not started: for what shall outlive the step. Null, with the reason, where its user or its
    /// `env_file` cannot be had.
    /// </summary>
    public abstract ProcessRequest? Prepare(CommandText command, out ProcessEnd.NotStarted? refused);

    /// <summary>hookrunner's own file, which starts what shall outlive the step.</summary>
    public virtual string Executable => Environment.ProcessPath ?? "/proc/self/exe";

    /// <summary>
    /// Runs one of hookrunner's own helpers (systemctl) as hookrunner's user, quietly: its stdout is in
    /// <see cref="ProcessReport.Captured"/>, its stderr in the step's log; neither is relayed. <paramref name="environment"/>
    /// is laid over what every helper sees.
    /// </summary>
    public abstract ProcessReport RunHelper(
        ImmutableArray<string> words, TimeSpan? within = null, ImmutableArray<(string Name, string Value)> environment = default);

    /// <summary>
    /// What a helper that takes the step's settings sees (the AWS CLI): `env`, `env_file`, `path` and what was captured. Null
    /// where an env_file cannot be read. Secrets in it are hidden from now on.
    /// </summary>
    public abstract ImmutableSortedDictionary<string, string>? HelperEnvironment(out StepOutcome.Failed? failure);

    /// <summary>Runs such a helper: what it prints is in <see cref="ProcessReport.Output"/> and, being a secret, on no disk.</summary>
    /// <param name="words">The program and its arguments, which everyone on the host can read.</param>
    /// <param name="environment">From <see cref="HelperEnvironment"/>.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="most">Bytes that are kept of its output.</param>
    public abstract ProcessReport RunHelper(
        ImmutableArray<string> words, ImmutableSortedDictionary<string, string> environment, TimeSpan within, int most);

    /// <summary>How the event went up to this step.</summary>
    public abstract EventReport SoFar { get; }

    /// <summary>Hides the event's secrets in what leaves this host.</summary>
    public abstract SecretMask Mask { get; }

    /// <summary>Says what a person should know, and records it.</summary>
    public abstract void Warn(string message);

    /// <summary>What this instance knows of itself.</summary>
    public abstract InstanceMetadata Instance { get; }

    /// <summary>`--set NAME=VALUE` of a simulation, for a variable that it cannot know; null where none was given.</summary>
    public abstract string? SetValue(string variable);

    /// <summary>Gives a variable to the event's later steps, as `capture` does.</summary>
    public abstract void Keep(string name, string value, bool isSecret);

    /// <summary>From now on the secrets, and those of the variables that `mask` names, are hidden in all that is shown.</summary>
    public abstract void Hide(IEnumerable<string> secrets, ImmutableArray<(string Name, string Value)> variables);

    /// <summary>
    /// The same for `validate`: text under the rules of `run:` or a list. Nothing is captured: all its output is in the
    /// step's log, and the end of it in the report.
    /// </summary>
    public abstract ProcessReport RunHelper(CommandText command, TimeSpan? within = null);

    /// <summary>The ids for an owner as written, or the reason why there is none (unknown user, not root).</summary>
    public abstract (uint User, uint Group)? FindOwner(OwnerName owner, out StepOutcome.Failed? failure);

    /// <summary>What an outcome should be after a program ended: success for 0, else the reason, with a hint where known.</summary>
    public abstract StepOutcome Judge(ProcessReport report, string what);
}
