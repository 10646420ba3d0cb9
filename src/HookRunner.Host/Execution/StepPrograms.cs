using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Steps;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Execution;

/// <summary>The programs of one attempt of a step: its own under its settings, and hookrunner's helpers for it.</summary>
internal sealed class StepPrograms(EventContext context, PlannedStep step, StepLog log, Deadline deadline)
{
    private static readonly TimeSpan HelperBound = TimeSpan.FromSeconds(60);

    /// <summary>The last lines that they printed.</summary>
    public ImmutableArray<string> Tail { get; private set; } = [];

    /// <summary>What lives on after they ended.</summary>
    public ImmutableArray<LiveProcess> LeftBehind { get; private set; } = [];

    /// <summary>How the step's shell is started.</summary>
    public ShellSettings Shell => new(
        step.Program.Shell,
        step.Program.Login,
        [.. step.Program.SourceFiles.Select(file => context.Plan.Deployment.InBundle(file.Text))]);

    public ProcessReport StartAsStep(ImmutableArray<string> words, bool captures, TimeSpan? within = null) =>
        Prepare(words, out var refused) is { } request
            ? Start(request with
            {
                CapturesOutput = captures || step.Program.Capture is not null,
                Deadline = within is { } bound ? deadline.Sooner(Deadline.After(bound, "within")) : deadline,
            })
            : new ProcessReport(refused!, TimeSpan.Zero, "", [], [], []);

    /// <summary>The step's own program, ready to start; null together with why it cannot be.</summary>
    public ProcessRequest? Prepare(ImmutableArray<string> words, out ProcessEnd.NotStarted? refused)
    {
        if (StepUser.Of(context, step, out refused) is not { } user)
        {
            return null;
        }

        var files = ReadFiles();
        if (files.Diagnostics.HasErrors)
        {
            var first = files.Diagnostics.Sorted()[0];
            refused = new ProcessEnd.NotStarted(first.Line, first.Remedy, 126);
            return null;
        }

        return new ProcessRequest
        {
            Program = words[0],
            Arguments = words[1..],
            Environment = Exposed(Environment(user, files), files),
            WorkingDirectory = step.Program.WorkingDirectory?.Text ?? (context.Identity.IsPreviousRevision ? "/" : context.Plan.Deployment.Bundle),
            User = user.Id == context.Self.Id ? null : user,
            Umask = step.Program.Umask,
            OpenFiles = step.Program.OpenFiles,
            Deadline = deadline,
        };
    }

    /// <summary>One of hookrunner's own helpers, as its own user, without what the step gives its programs.</summary>
    public ProcessRequest Helper(ImmutableArray<string> words, TimeSpan? within) => new()
    {
        Program = words[0],
        Arguments = words[1..],
        Environment = Environment(context.Self, new EnvironmentFiles([], [], new())),
        WorkingDirectory = "/",
        IsQuiet = true,
        Deadline = deadline.Sooner(Deadline.After(within ?? HelperBound, "the time a helper may take")),
    };

    /// <summary>What the step gives to a helper that takes it, such as the AWS CLI; null where a file of it cannot be read.</summary>
    public ImmutableSortedDictionary<string, string>? HelperEnvironment(out StepOutcome.Failed? failure)
    {
        var files = ReadFiles();
        failure = files.Diagnostics.HasErrors ? StepExecutor.Unresolved(files.Diagnostics) : null;
        return failure is null ? Exposed(AwsEnvironment.Of(Environment(context.Self, files), context.Inherited), files) : null;
    }

    public ProcessReport Start(ProcessRequest request)
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

    private EnvironmentFiles ReadFiles() =>
        EnvironmentFiles.Read(step.Program.EnvironmentFiles, context.Plan.Deployment.Bundle, new LateValues(context, step, deadline));

    /// <summary>What is secret in it is hidden from here on.</summary>
    private ImmutableSortedDictionary<string, string> Exposed(ImmutableSortedDictionary<string, string> environment, EnvironmentFiles files)
    {
        context.Secrets.Expose(log, [.. files.Secrets, .. context.Values.Secrets], environment);
        return environment;
    }

    private ImmutableSortedDictionary<string, string> Environment(UserAccount user, EnvironmentFiles files) =>
        new StepEnvironment(context.Plan, context.Inherited).For(new StepFacts
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

    private void Warn(string message) => context.Observer.On(new RunEvent.Warned(message));
}
