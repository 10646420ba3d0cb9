using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Simulation.Install;
using HookRunner.Simulation.Output;

namespace HookRunner.Simulation.Agent;

/// <summary>One deployment of one bundle on this host, event by event.</summary>
/// <param name="id">DEPLOYMENT_ID.</param>
/// <param name="next">The bundle and its appspec.yml.</param>
/// <param name="previous">The revision whose Install passed last, as it lies on the instance; null: there is none.</param>
internal sealed class SimulatedDeployment(SimulationHost host, string id, Revision next, Revision? previous)
{
    private readonly Revision _current = next with { Archive = host.Root.Archive(id) };

    /// <summary>The revision as installed, once Install has passed; it is recorded there and not at the end (command_executor.rb:184).</summary>
    public Revision? Installed { get; private set; }

    /// <summary>Runs the events until one fails.</summary>
    /// <param name="open">Makes the log of an event.</param>
    public ImmutableArray<SimulatedEvent> Run(ImmutableArray<string> events, Func<string, EventLog> open)
    {
        ForgetLastSimulation();
        var reports = ImmutableArray.CreateBuilder<SimulatedEvent>();
        foreach (var name in events)
        {
            reports.Add(Run(name, open(name)));
            if (reports[^1].Status == EventStatus.Failed)
            {
                break;
            }
        }

        return reports.ToImmutable();
    }

    /// <summary>A deployment's id is new to its host; without a sandbox ours may not be.</summary>
    private void ForgetLastSimulation()
    {
        if (Directory.Exists(host.Root.Deployment(id)))
        {
            Directory.Delete(host.Root.Deployment(id), recursive: true);
        }
    }

    private SimulatedEvent Run(string name, EventLog log) => name switch
    {
        Lifecycle.DownloadBundle => log.End(new BundleDownload(host.Request.Executable, log).Run(next.Archive, _current.Archive, next.AppSpec)),
        Lifecycle.Install => Install(log),
        _ => RunHooks(LifecycleEvents.Parse(name)!.Value, log),
    };

    private SimulatedEvent Install(EventLog log)
    {
        if (!Directory.Exists(_current.Archive))
        {
            return log.End(ScriptFailure.OfAgent($"No such file or directory - {_current.Archive}"));
        }

        var failure = new Installer(host.Root, log).Run(_current, out var remark);
        Installed = failure is null ? _current : null;
        return log.End(failure, remark);
    }

    /// <summary>The block and stop events run the previous revision's scripts, all with the new deployment's id (hook_executor.rb:253-288).</summary>
    private SimulatedEvent RunHooks(LifecycleEvent item, EventLog log)
    {
        var revision = item.RunsPreviousRevision() && !Directory.Exists(_current.Archive) ? previous : _current;
        if (revision is null)
        {
            return log.Skip("no previous revision: give one with --from");
        }

        if (!revision.AppSpec.HooksOf(item).Any())
        {
            return log.Skip("nothing is bound to it");
        }

        return log.End(
            new HookEvent(revision, host.EnvironmentOf(id), log).Run(item),
            ReferenceEquals(revision, previous) ? "by the previous revision" : null);
    }
}
