using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Releases;
using HookRunner.Host.State;
using HookRunner.Host.Steps;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A step's run that really starts programs, with none of the executor around it.</summary>
internal sealed class TestStepRun(string bundle, TimeSpan? within = null) : StepRun
{
    public List<string> Said { get; } = [];

    public List<string> Helpers { get; } = [];

    /// <summary>What stands before a helper's words, to run it elsewhere.</summary>
    public ImmutableArray<string> HelperPrefix { get; init; } = [];

    public ShellSettings Shell { get; init; } = ShellSettings.Bash;

    /// <summary>`defaults.user`.</summary>
    public string? DefaultUser { get; init; }

    /// <summary>What any owner stands for; null: what this host says.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    public override PlannedStep Step => new()
    {
        Location = Some.Place,
        Name = "a step",
        Number = 1,
        Kind = "run",
        Action = new RunAction(Some.Command("true")),
        Program = new ProgramSettings { User = DefaultUser is null ? null : Some.Text(DefaultUser) },
        Bind = (_, _) => null,
    };

    /// <summary>Without one of the test's own: of a host where nothing is known and nothing can be recorded.</summary>
    public override ReleaseContext Releases => Given ?? ReleaseContext.OpenToRead(Plan, StateLayout.For("none", "/nonexistent"));

    public ReleaseContext? Given { get; init; }

    public override ExecutionPlan Plan => Planned ?? _plan;

    public ExecutionPlan? Planned { get; init; }

    private readonly ExecutionPlan _plan = new()
    {
        Deployment = Some.Deployment(bundle),
        Event = LifecycleEvent.AfterInstall,
        Environment = "production",
        Roles = [],
        Steps = [],
        OnFailure = [],
        Always = [],
        Links = [],
        Variables = [],
        Mask = [],
    };

    public override Deadline Deadline { get; } = Deadline.After(within ?? TimeSpan.FromMinutes(1), "the event's end");

    public override CancellationToken Stopping => Told.Token;

    public override int StoppedBy => Told.IsCancellationRequested ? 15 : 0;

    public override bool IsSimulated => Simulated;

    public override bool IsRecorded(string kind) => Simulated;

    public bool Simulated { get; init; }

    public override bool MayReachNetwork => false;

    public override bool HasRecordedService { get; set; }

    /// <summary>Cancelled: hookrunner was told to stop.</summary>
    public CancellationTokenSource Told { get; init; } = new();

    public override void Say(string line)
    {
        lock (Said)
        {
            Said.Add(line);
        }
    }

    public override bool Pause(TimeSpan span)
    {
        var wait = span < Deadline.Remaining ? span : Deadline.Remaining;
        return !Stopping.WaitHandle.WaitOne(wait) && !Deadline.HasPassed;
    }

    public override ProcessReport RunProgram(CommandText command, bool captures = false, TimeSpan? within = null) =>
        Start(ShellCommand.Words(command, Shell), within);

    public override ProcessReport RunProgram(ImmutableArray<string> words, bool captures = false) =>
        Start(ShellCommand.ForProgram(words, Shell));

    public override ProcessRequest? Prepare(CommandText command, out ProcessEnd.NotStarted? refused)
    {
        refused = null;
        var words = ShellCommand.Words(command, Shell);
        return new ProcessRequest
        {
            Program = words[0],
            Arguments = words[1..],
            Environment = Environment,
            WorkingDirectory = Plan.Deployment.Bundle,
            User = User,
            Umask = 0x17,
            OpenFiles = 777,
            Deadline = Deadline,
        };
    }

    /// <summary>Of what is started in the background.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty
        .Add("PATH", "/usr/bin:/bin").Add("HOOKRUNNER_STEP", $"d:AfterInstall:01:{Guid.NewGuid():N}");

    public UserAccount? User { get; init; }

    public override string Executable => Processes.ProgramRun.Driver;

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, TimeSpan? within = null, ImmutableArray<(string Name, string Value)> environment = default)
    {
        Helpers.Add(string.Join(' ', words));
        return Start([.. HelperPrefix, .. words], within, environment);
    }

    /// <summary>hookrunner's own environment, and the variables that the step gives its helper.</summary>
    public Dictionary<string, string> Variables { get; init; } = new() { ["PATH"] = "/usr/bin:/bin" };

    /// <summary>What later steps are given.</summary>
    public List<(string Name, string Value, bool IsSecret)> Kept { get; } = [];

    /// <summary>`--set`.</summary>
    public Dictionary<string, string> Set { get; init; } = [];

    public List<string> Warnings { get; } = [];

    public override EventReport SoFar => Report ?? throw new InvalidOperationException("the test has no report");

    public EventReport? Report { get; init; }

    public override SecretMask Mask { get; } = new();

    public override void Warn(string message) => Warnings.Add(message);

    public override InstanceMetadata Instance => field ??= new InstanceMetadata(Variables);

    public override ImmutableSortedDictionary<string, string>? HelperEnvironment(out StepOutcome.Failed? failure)
    {
        failure = null;
        return AwsEnvironment.Of(Variables.ToImmutableSortedDictionary(StringComparer.Ordinal), Variables);
    }

    public override ProcessReport RunHelper(
        ImmutableArray<string> words, ImmutableSortedDictionary<string, string> environment, TimeSpan within, int most)
    {
        Helpers.Add(string.Join(' ', words));
        if (ProgramFinder.Find(words[0], environment["PATH"]) is not { } path)
        {
            return new ProcessReport(new ProcessEnd.NotStarted($"no {words[0]}", null, 127), TimeSpan.Zero, "", [], [], []);
        }

        var start = new ProcessStartInfo(path, words.Skip(1));
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // The bounds of time and output are the supervision's, which is not here.
        return PlainProgram.Run(start, Timeout.InfiniteTimeSpan, takesOutput: true);
    }

    public override string? SetValue(string variable) => Set.GetValueOrDefault(variable);

    public override void Keep(string name, string value, bool isSecret) => Kept.Add((name, value, isSecret));

    /// <summary>What shall not be shown.</summary>
    public List<string> Hidden { get; } = [];

    public override void Hide(IEnumerable<string> secrets, ImmutableArray<(string Name, string Value)> variables) => Hidden.AddRange(secrets);

    public override ProcessReport RunHelper(CommandText command, TimeSpan? within = null) =>
        RunHelper(ShellCommand.Words(command, ShellSettings.Bash), within);

    public override (uint User, uint Group)? FindOwner(OwnerName owner, out StepOutcome.Failed? failure)
    {
        failure = null;
        if (Owner is not null)
        {
            return Owner;
        }

        var user = Users.Find(owner.User);
        failure = user is null ? new StepOutcome.Failed($"user `{owner.User}` does not exist") : null;
        return user is null ? null : (user.Id, owner.Group is { } group ? Users.FindGroup(group)!.Value : user.GroupId);
    }

    public override StepOutcome Judge(ProcessReport report, string what) => report.End switch
    {
        ProcessEnd.Exited { Status: 0 } => StepOutcome.Succeeded.Plain,
        ProcessEnd.Exited { Status: var status } => new StepOutcome.Failed($"exit status {status}", Exit: status, Detail: report.Tail),
        ProcessEnd.NotStarted { Reason: var reason, Exit: var exit } => new StepOutcome.Failed(reason, Exit: exit),
        var other => new StepOutcome.Failed(other.ToString()),
    };

    private ProcessReport Start(
        ImmutableArray<string> words, TimeSpan? within = null, ImmutableArray<(string Name, string Value)> environment = default)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = Plan.Deployment.Bundle };
        foreach (var (name, value) in environment.IsDefault ? [] : environment)
        {
            start.Environment[name] = value;
        }

        return PlainProgram.Run(start, within is { } span && span < Deadline.Remaining ? span : Deadline.Remaining);
    }
}
