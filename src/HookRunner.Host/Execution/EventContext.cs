using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Execution;

/// <summary>What all steps of one event share.</summary>
internal sealed class EventContext
{
    private readonly HashSet<string> _missed = [];

    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    public required ExecutionPlan Plan { get; init; }

    public required EventIdentity Identity { get; init; }

    public required IProcessRunner Processes { get; init; }

    public required OutputRelay Relay { get; init; }

    public required TerminationSignals Signals { get; init; }

    public required StepLogs Logs { get; init; }

    public required IRunObserver Observer { get; init; }

    public required Simulation Simulation { get; init; }

    /// <summary>hookrunner's own environment, as the agent gave it.</summary>
    public required IReadOnlyDictionary<string, string> Inherited { get; init; }

    /// <summary>The user hookrunner runs as.</summary>
    public required UserAccount Self { get; init; }

    /// <summary>What this host knows of the application's releases.</summary>
    public required ReleaseContext Releases { get; init; }

    /// <summary>Between TERM and KILL for a step whose time is over.</summary>
    public required TimeSpan Grace { get; init; }

    public required EventSecrets Secrets { get; init; }

    /// <summary>What this instance knows of itself.</summary>
    public InstanceMetadata Instance => field ??= new InstanceMetadata(Inherited);

    public EventValues Values { get; } = new();

    /// <summary>Of the steps that have ended, in order.</summary>
    public List<StepReport> Reports { get; } = [];

    /// <summary>How the event went up to now.</summary>
    public EventReport SoFar => new()
    {
        Identity = Identity,
        Steps = [.. Reports],
        StepCount = Plan.Steps.Sum(node => node.Flatten().Count()),
        Took = TimeProvider.System.GetElapsedTime(_startedAt),
    };

    /// <summary>How the event's own list went: set before on_failure and always run.</summary>
    public string? Result { get; set; }

    public string? FailedStep { get; set; }

    /// <summary>By this event, or by an earlier one of the same simulation.</summary>
    public bool HasRecordedService
    {
        get => field || Simulation.HasRecordedService;
        set
        {
            field = value;
            Simulation.RecordService();
        }
    }

    /// <summary>What a simulation cannot have as it is on an instance; each is said once in an event.</summary>
    public void Miss(string what, string instead)
    {
        if (_missed.Add(what))
        {
            Observer.On(new RunEvent.Warned($"{what}: {instead}"));
        }
    }
}
