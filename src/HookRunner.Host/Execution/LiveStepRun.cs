using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Execution;

/// <summary>An attempt of a step on this host.</summary>
internal sealed class LiveStepRun(EventContext context, PlannedStep step, StepLog log, Deadline deadline) : StepRun
{
    /// <summary>How often a wait looks whether the agent still reads.</summary>
    private static readonly TimeSpan LookForReader = TimeSpan.FromSeconds(1);

    private readonly StepPrograms _programs = new(context, step, log, deadline);

    /// <summary>The last lines that this attempt's programs printed.</summary>
    public ImmutableArray<string> Tail => _programs.Tail;

    /// <summary>What lives on after this attempt's programs ended.</summary>
    public ImmutableArray<LiveProcess> LeftBehind => _programs.LeftBehind;

    public override PlannedStep Step => step;

    public override ExecutionPlan Plan => context.Plan;

    public override ReleaseContext Releases => context.Releases;

    public override Deadline Deadline => deadline;

    public override CancellationToken Stopping => context.Signals.Token;

    public override int StoppedBy => context.Signals.Received;

    public override bool IsSimulated => context.Simulation.IsOn;

    public override bool IsRecorded(string kind) => IsSimulated && !context.Simulation.Real.Contains(kind);

    public override bool MayReachNetwork => !IsSimulated || context.Simulation.MayReachNetwork;

    public override bool HasRecordedService
    {
        get => context.HasRecordedService;
        set => context.HasRecordedService = value;
    }

    public override void Say(string line) => context.Relay.WriteLine(line);

    public override bool Pause(TimeSpan span)
    {
        var end = Deadline.After(span < deadline.Remaining ? span : deadline.Remaining, "the pause");
        while (!end.HasPassed)
        {
            var piece = end.Remaining < LookForReader ? end.Remaining : LookForReader;
            if (context.Signals.Wait(piece))
            {
                return false;
            }

            context.Relay.NoticeReader();
        }

        return !deadline.HasPassed;
    }

    public override ProcessReport RunProgram(CommandText command, bool captures = false, TimeSpan? within = null) =>
        _programs.StartAsStep(ShellCommand.Words(command, _programs.Shell), captures, within);

    public override ProcessReport RunProgram(ImmutableArray<string> words, bool captures = false) =>
        _programs.StartAsStep(ShellCommand.ForProgram(words, _programs.Shell), captures);

    public override ProcessRequest? Prepare(CommandText command, out ProcessEnd.NotStarted? refused) =>
        _programs.Prepare(ShellCommand.Words(command, _programs.Shell), out refused);

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, TimeSpan? within = null, ImmutableArray<(string Name, string Value)> environment = default)
    {
        var request = _programs.Helper(words, within) with { CapturesOutput = true };
        return _programs.Start(environment.IsDefaultOrEmpty ? request : request with { Environment = StepEnvironment.Over(request.Environment, environment) });
    }

    public override ProcessReport RunHelper(CommandText command, TimeSpan? within = null) =>
        _programs.Start(_programs.Helper(ShellCommand.Words(command, ShellSettings.Bash), within));

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, ImmutableSortedDictionary<string, string> environment, TimeSpan within, int most) => _programs.Start(
        _programs.Helper(words, within) with { Environment = environment, CapturesOutput = true, CapturesSecret = true, MostCaptured = most });

    public override ImmutableSortedDictionary<string, string>? HelperEnvironment(out StepOutcome.Failed? failure) =>
        _programs.HelperEnvironment(out failure);

    public override EventReport SoFar => context.SoFar;

    public override SecretMask Mask => context.Relay.Mask;

    public override InstanceMetadata Instance => context.Instance;

    public override string? SetValue(string variable) =>
        context.Simulation.Values.GetValueOrDefault(variable) ?? context.Simulation.Values.GetValueOrDefault("env." + variable);

    public override void Keep(string name, string value, bool isSecret) => context.Values.Capture(name, value, isSecret);

    public override void Hide(IEnumerable<string> secrets, ImmutableArray<(string Name, string Value)> variables) =>
        context.Secrets.Expose(log, secrets, StepEnvironment.Over(ImmutableSortedDictionary<string, string>.Empty, variables));

    public override (uint User, uint Group)? FindOwner(OwnerName owner, out StepOutcome.Failed? failure)
    {
        var found = FileOwner.Find(owner, context.Self, out failure);
        if (!IsSimulated || (found is { } ids && IdentityMap.HasUser(ids.User) && IdentityMap.HasGroup(ids.Group)))
        {
            return found;
        }

        failure = null;
        context.Miss($"owner {owner} is not on this machine, or out of the sandbox's reach", $"it stays {context.Self.Name}");
        return (context.Self.Id, context.Self.GroupId);
    }

    /// <summary>What ran is only named where the step's name does not say it.</summary>
    public override StepOutcome Judge(ProcessReport report, string what) =>
        ProgramJudgement.Of(report, step.Name.Contains(what, StringComparison.Ordinal) ? "" : $"{what}: ", deadline);

    public override void Warn(string message) => context.Observer.On(new RunEvent.Warned(message));
}
