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
    private static readonly TimeSpan HelperBound = TimeSpan.FromSeconds(60);

    /// <summary>How often a wait looks whether the agent still reads.</summary>
    private static readonly TimeSpan LookForReader = TimeSpan.FromSeconds(1);

    /// <summary>The last lines that this attempt's programs printed.</summary>
    public ImmutableArray<string> Tail { get; private set; } = [];

    /// <summary>What lives on after this attempt's programs ended.</summary>
    public ImmutableArray<LiveProcess> LeftBehind { get; private set; } = [];

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
        StartAsStep(ShellCommand.Words(command, Shell), captures, within);

    public override ProcessReport RunProgram(ImmutableArray<string> words, bool captures = false) =>
        StartAsStep(ShellCommand.ForProgram(words, Shell), captures);

    public override ProcessRequest? Prepare(CommandText command, out ProcessEnd.NotStarted? refused) =>
        Prepare(ShellCommand.Words(command, Shell), out refused);

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, TimeSpan? within = null, ImmutableArray<(string Name, string Value)> environment = default)
    {
        var request = Helper(words, within) with { CapturesOutput = true };
        return Start(environment.IsDefaultOrEmpty ? request : request with { Environment = StepEnvironment.Over(request.Environment, environment) });
    }

    public override ProcessReport RunHelper(CommandText command, TimeSpan? within = null) =>
        Start(Helper(ShellCommand.Words(command, ShellSettings.Bash), within));

    public override EventReport SoFar => context.SoFar;

    public override SecretMask Mask => context.Relay.Mask;

    public override InstanceMetadata Instance => context.Instance;

    public override ImmutableSortedDictionary<string, string>? HelperEnvironment(out StepOutcome.Failed? failure)
    {
        var files = EnvironmentFiles.Read(step.Program.EnvironmentFiles, Plan.Deployment.Bundle, new LateValues(context, step, deadline));
        failure = files.Diagnostics.HasErrors ? StepExecutor.Unresolved(files.Diagnostics) : null;
        if (failure is not null)
        {
            return null;
        }

        var environment = AwsEnvironment.Of(Environment(context.Self, files), context.Inherited);
        context.Secrets.Expose(log, [.. files.Secrets, .. context.Values.Secrets], environment);
        return environment;
    }

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, ImmutableSortedDictionary<string, string> environment, TimeSpan within, int most) =>
        Start(Helper(words, within) with { Environment = environment, CapturesOutput = true, CapturesSecret = true, MostCaptured = most });

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

    private ShellSettings Shell => new(
        step.Program.Shell,
        step.Program.Login,
        [.. step.Program.SourceFiles.Select(file => InBundle(file.Text))]);

    private string WorkingDirectory => step.Program.WorkingDirectory?.Text
        ?? (context.Identity.IsPreviousRevision ? "/" : Plan.Deployment.Bundle);

    private ImmutableSortedDictionary<string, string> Environment(UserAccount user, EnvironmentFiles files) =>
        new StepEnvironment(Plan, context.Inherited).For(new StepFacts
        {
            Step = step,
            User = user,
            Token = log.Token,
            FileValues = [.. files.Values, .. context.Values.Captured.Select(pair => (pair.Key, pair.Value))],
            ReleaseDirectory = context.Releases.Directory,
            LiveRelease = context.Releases.Live,
            Result = context.Result,
            FailedStep = context.FailedStep,
        });

    private ProcessRequest Helper(ImmutableArray<string> words, TimeSpan? within) => new()
    {
        Program = words[0],
        Arguments = words[1..],
        Environment = Environment(context.Self, new EnvironmentFiles([], [], new())),
        WorkingDirectory = "/",
        IsQuiet = true,
        Deadline = deadline.Sooner(Deadline.After(within ?? HelperBound, "the time a helper may take")),
    };

    private ProcessReport StartAsStep(ImmutableArray<string> words, bool captures, TimeSpan? within = null) =>
        Prepare(words, out var refused) is { } request
            ? Start(request with
            {
                CapturesOutput = captures || step.Program.Capture is not null,
                Deadline = within is { } bound ? deadline.Sooner(Deadline.After(bound, "within")) : deadline,
            })
            : NeverStarted(refused!);

    private ProcessRequest? Prepare(ImmutableArray<string> words, out ProcessEnd.NotStarted? refused)
    {
        if (StepUser.Of(context, step, out refused) is not { } user)
        {
            return null;
        }

        var files = EnvironmentFiles.Read(step.Program.EnvironmentFiles, Plan.Deployment.Bundle, new LateValues(context, step, deadline));
        if (files.Diagnostics.HasErrors)
        {
            var first = files.Diagnostics.Sorted()[0];
            refused = new ProcessEnd.NotStarted($"{first.Location}: {first.Message}", first.Remedy, 126);
            return null;
        }

        var environment = Environment(user, files);
        context.Secrets.Expose(log, [.. files.Secrets, .. context.Values.Secrets], environment);
        return new ProcessRequest
        {
            Program = words[0],
            Arguments = words[1..],
            Environment = environment,
            WorkingDirectory = WorkingDirectory,
            User = user.Id == context.Self.Id ? null : user,
            Umask = step.Program.Umask,
            OpenFiles = step.Program.OpenFiles,
            Deadline = deadline,
        };
    }

    private ProcessReport Start(ProcessRequest request)
    {
        var report = context.Processes.Run(request with { Grace = context.Grace }, log);
        if (request is { CapturesOutput: true, IsQuiet: false } && step.Program.Capture is { } capture && report.End is ProcessEnd.Exited { Status: 0 })
        {
            context.Values.Capture(capture.Name, report.Captured, capture.Secret);
            _ = capture.Secret && context.Relay.Mask.Add(report.Captured);
        }

        foreach (var survivor in report.Unstoppable)
        {
            Warn($"pid {survivor.Id} ({survivor.Command}) could not be stopped: it waits in the kernel, where no signal reaches it");
        }

        if (report.CaptureIsCut && !request.IsQuiet)
        {
            Warn($"`capture` of {step.Name} holds its first 64 KiB only");
        }

        Tail = report.Tail;
        LeftBehind = report.LeftBehind;
        return report;
    }

    public override void Warn(string message) => context.Observer.On(new RunEvent.Warned(message));

    private static ProcessReport NeverStarted(ProcessEnd.NotStarted end) => new(end, TimeSpan.Zero, "", [], [], []);
}
