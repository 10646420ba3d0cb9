using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Checking;

/// <summary>Which events appspec.yml hands to hookrunner, and how.</summary>
internal sealed class HookBindings(BundleUnderCheck bundle, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _missing = [];

    public void Check()
    {
        if (bundle.AppSpec is not { } appSpec)
        {
            if (bundle.AppSpecName is null)
            {
                diagnostics.Error(bundle.FileItself, "there is no appspec.yml beside it", "the agent reads it to know which events run hookrunner");
            }

            return;
        }

        CheckName();
        foreach (var hook in appSpec.Hooks)
        {
            Check(hook);
        }

        foreach (var item in LifecycleEvents.All)
        {
            CheckEvent(item, appSpec);
        }
    }

    private void CheckName()
    {
        if (bundle.AppSpecName is { } name && name.EndsWith(".yaml", StringComparison.Ordinal))
        {
            diagnostics.Error(new SourceLocation(bundle.AppSpec!.Source, 0, 0), $"agent 1.8 finds no hooks in `{name}`, and agent 2.x does not take the bundle",
                "rename it to `appspec.yml`");
        }
    }

    private void Check(AppSpecHook hook)
    {
        var isOurs = OurEntry.Is(hook.Script, bundle.Entry);
        var path = BundlePath.Normal(hook.Script);
        if (BundlePath.LeadsOut(path))
        {
            diagnostics.Error(hook.Location, $"`{hook.Script}` leads out of the bundle");
        }
        else if (!isOurs && path.EndsWith("/" + OurEntry.Name, StringComparison.Ordinal))
        {
            diagnostics.Error(hook.Location, $"`{hook.Script}` does not lie beside hookrunner.yml, which it looks for in its own directory",
                "put the executable at the bundle's root and write `location: hookrunner`");
        }
        else if (bundle.Entry(path) is null)
        {
            Missing(hook, isOurs);
        }

        if (isOurs)
        {
            CheckUser(hook);
        }
    }

    private void Missing(AppSpecHook hook, bool isOurs)
    {
        if (isOurs && _missing.Add(hook.Script))
        {
            diagnostics.Warning(hook.Location, $"the bundle holds no `{hook.Script}` yet", "put the executable there before it is bundled");
        }
        else if (!isOurs)
        {
            diagnostics.Error(hook.Location, $"the bundle holds no `{hook.Script}`; {hook.Event} would fail");
        }
    }

    private void CheckUser(AppSpecHook hook)
    {
        if (hook.Sudo)
        {
            diagnostics.Error(hook.Location, "`sudo: true` drops LIFECYCLE_EVENT and the agent's other variables, so hookrunner cannot know what to do",
                "take it out: the agent runs hooks as root already");
        }

        if (hook.RunAs is { } user && user != "root")
        {
            diagnostics.Warning(hook.Location, $"`runas: {user}`: hookrunner is meant to run as root and to start each step as its own user",
                $"take it out and write `defaults: {{ user: {user} }}` in hookrunner.yml");
        }
    }

    private void CheckEvent(LifecycleEvent item, AppSpec appSpec)
    {
        var ours = appSpec.HooksOf(item).Where(hook => OurEntry.Is(hook.Script, bundle.Entry)).ToList();
        if (ours.Count > 1)
        {
            diagnostics.Warning(ours[1].Location, $"{item} runs hookrunner {ours.Count} times, and every step of it as often", "keep one entry");
        }

        foreach (var other in appSpec.HooksOf(item).Where(hook => !OurEntry.Is(hook.Script, bundle.Entry)))
        {
            diagnostics.Warning(other.Location, $"{item} runs `{other.Script}` outside of hookrunner: no log, no fail-fast, no timeout of its own",
                $"make it a step: `script: {other.Script}`");
        }

        if (ours.Count == 0)
        {
            Unbound(item, appSpec);
        }
    }

    private void Unbound(LifecycleEvent item, AppSpec appSpec)
    {
        var remedy = $"under `hooks` of {appSpec.Source.Path}: `{item}: [{{ location: {OurEntry.Name}, timeout: 300 }}]`";
        if (Steps(item) is { } steps)
        {
            diagnostics.Error(steps, $"the steps of {item} never run: {appSpec.Source.Path} does not bind {item} to hookrunner", remedy);
        }
        else if (item == LifecycleEvent.BeforeInstall)
        {
            diagnostics.Error(new SourceLocation(appSpec.Source, 0, 0),
                "BeforeInstall is not bound to hookrunner, which checks the whole file there, before Install makes it the one that the next deployment stops with", remedy);
        }
    }

    /// <summary>Where steps of this event are declared, in any environment.</summary>
    private SourceLocation? Steps(LifecycleEvent item) => bundle.File.Environments
        .Select(environment => environment.Hooks.GetValueOrDefault(item))
        .Prepend(bundle.File.Hooks.GetValueOrDefault(item))
        .FirstOrDefault(declaration => declaration is not null && !declaration.Steps.Steps.IsEmpty)?.Location;
}
