using System.Collections.Immutable;
using HookRunner.Core.Checking;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Host.Bundles;
using HookRunner.Host.Releases;

namespace HookRunner.Commands;

/// <summary>The plans of one bundle that `plan` was asked for.</summary>
internal sealed class BundlePlans(Bundle bundle, PlanTarget.Known target, PlanCommandOptions options, DiagnosticBag diagnostics)
{
    private const string ReleaseDirectory = "release.dir";

    private readonly BundleFiles _files = new(bundle.Folder);
    private readonly Dictionary<string, ReleaseView> _views = [];

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>In the order of a deployment. Where plans are compared, events without steps are among them, so that both sides match.</summary>
    public ImmutableArray<ExecutionPlan> Of(string group)
    {
        var asked = options.Events.IsEmpty ? LifecycleEvents.All : [.. LifecycleEvents.All.Where(item => options.Events.Contains(item.Name()))];
        var plans = asked.Select(item => Plan(item, group)).Append(Rollback(group)).OfType<ExecutionPlan>();
        var showsEmpty = options.All || !options.Events.IsEmpty || options.Difference is not null;
        return [.. plans.Where(plan => showsEmpty || !plan.Steps.IsEmpty)];
    }

    /// <summary>A group, as it is; or one that stands for an environment of this name.</summary>
    public string GroupOf(string name)
    {
        if (bundle.File!.Environments.All(environment => environment.Name != name))
        {
            return name;
        }

        return GroupSamples.Of(bundle.File, new DiagnosticBag())
            .FirstOrDefault(group => GroupChoice.Of(bundle.File, group, new DiagnosticBag())?.Environment == name) ?? name;
    }

    public EventTime TimeOf(ExecutionPlan plan) =>
        EventTime.Of(bundle.AppSpec, plan.Event, location => OurEntry.Is(location, _files.Entry));

    /// <summary>What this host adds to a plan with releases: the live one, and the deployment's own.</summary>
    public ImmutableArray<string> OnHost(ExecutionPlan plan) => plan.Event.RunsPreviousRevision() ? [] : View(plan.Deployment.Group).Lines;

    private PlanOptions Given => new() { Set = options.Target.Set, AssumesReleaseDirectory = true };

    private ExecutionPlan? Rollback(string group) => options.Events.Contains(PlanMoment.RollbackName)
        ? WithSources(Planner.ResolveRollback(bundle.File!, target.ContextOf(group), Given, diagnostics))
        : null;

    private ExecutionPlan? Plan(LifecycleEvent item, string group)
    {
        // Its name is chosen by the deployment's first event on a host, and recorded there.
        var given = View(group).Directory is { } chosen && !Given.Set.ContainsKey(ReleaseDirectory)
            ? Given with { Set = Given.Set.Add(ReleaseDirectory, chosen) }
            : Given;
        return WithSources(Planner.Resolve(bundle.File!, target.ContextOf(group), item, given, diagnostics));
    }

    /// <summary>One look at the host for all events of a group. Mistakes of the file are told with the plans that are shown.</summary>
    private ReleaseView View(string group)
    {
        if (!_views.TryGetValue(group, out var view))
        {
            var plan = Planner.Resolve(bundle.File!, target.ContextOf(group), LifecycleEvent.AfterInstall, Given, new DiagnosticBag());
            view = _views[group] = plan is null ? new ReleaseView() : ReleaseView.Of(plan, options.Target.State);
        }

        return view;
    }

    private ExecutionPlan? WithSources(ExecutionPlan? plan)
    {
        if (plan is not null)
        {
            new SourceCheck(plan, path => _files.Entry(path) is not null, diagnostics).Check();
        }

        return plan;
    }
}
