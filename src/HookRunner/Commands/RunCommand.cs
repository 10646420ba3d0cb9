using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Commands;

/// <summary>
/// Runs one event on this host, for the agent or a person: environment and file become a plan, the plan is run, the report
/// is told. Nothing is done before all of the plan is known to be valid.
/// </summary>
internal static class RunCommand
{
    public static int Run(RunOptions options, AgentVariables variables)
    {
        var streams = StandardStreams.Claim();
        using var signals = TerminationSignals.Install();
        var relay = new OutputRelay(streams.Output, onGone: variables.AreTheAgents ? () => signals.Stop(TerminationSignals.ReaderGone) : null);
        switch (Invocation.From(options, variables))
        {
            case Invocation.Refused refused:
                return Refusal.Tell(relay, refused.Lines, refused.ExitStatus, refused.IsPreviousRevision);
            case Invocation.Ready ready:
                if (ready.Note is { } note)
                {
                    relay.WriteLine(note);
                }

                return Run(ready, new EventSession(streams, signals, relay, variables), options, relay);
            default:
                throw new InvalidOperationException("unhandled invocation");
        }
    }

    private static int Run(Invocation.Ready ready, EventSession session, RunOptions options, OutputRelay relay)
    {
        var diagnostics = new DiagnosticBag();
        var bundle = Bundle.Read(ready.Deployment.Bundle, "", diagnostics, new DiagnosticBag());
        var plan = bundle.File is null || diagnostics.HasErrors
            ? null
            : RunPlan.Resolve(bundle.File, ready, new PlanOptions { Set = options.Set }, diagnostics);
        if (plan is null || diagnostics.HasErrors)
        {
            return Refusal.Tell(relay, DiagnosticLines.Of(diagnostics, ready), ExitStatus.Invalid, ready.Event.RunsPreviousRevision());
        }

        foreach (var warning in diagnostics.Sorted())
        {
            relay.WriteLine(DiagnosticText.Render(warning).TrimEnd('\n'));
        }

        return session.Run(plan, bundle, options.State);
    }
}
