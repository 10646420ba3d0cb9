using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Containers;

namespace HookRunner.Host.Steps.Compose;

/// <summary>
/// Does what a compose step wants. The tools' own word is not enough: some end with 0 though nothing runs, and their `--wait`,
/// where they have one, fails over a task that has done its work.
/// </summary>
internal sealed class ComposeAct(StepRun run, ComposeProgram program, ComposeAction action)
{
    private const string HashOfOldPodmanCompose = "123", ExitLine = "exit code: ";

    private static readonly string[] MadeHere = ["podman run --name=", "podman create --name="];

    private ContainerEngine Engine => program.Engine;

    public StepOutcome Do()
    {
        var before = Containers(ComposeProject.NameOf(run, action), out var failure);
        if (failure is not null)
        {
            return failure;
        }

        if (action.Verb == "down" && before.IsEmpty)
        {
            return new StepOutcome.Succeeded("already down");
        }

        if (ComposeProject.Of(run, action, out failure) is not { } project)
        {
            return failure!;
        }

        return action.Verb switch
        {
            "up" => Up(project, before),
            "down" => Call(project, [.. Orphans]) ?? Down(project),
            _ => Pull(project),
        };
    }

    private IEnumerable<string> Orphans => action.RemovesOrphans ? ["--remove-orphans"] : [];

    private StepOutcome Pull(ComposeProject project)
    {
        var before = Engine.Images();
        // podman-compose knows no services here.
        ImmutableArray<string> services = program.IsPodmanCompose ? [] : [.. action.Services.Select(service => service.Text)];
        var report = Ask(project, services);
        var failure = EngineFailure.Of(run, report, $"{program.Name} pull");
        if (failure is null && program.IsPodmanCompose && Told(report).Any(line => line.StartsWith(ExitLine, StringComparison.Ordinal) && line != ExitLine + "0"))
        {
            failure = EngineFailure.Of(run, report with { End = new ProcessEnd.Exited(1) }, $"{program.Name} pull");
        }

        return failure ?? new StepOutcome.Succeeded(Engine.Images() == before ? "already here" : "pulled");
    }

    private StepOutcome Down(ComposeProject project)
    {
        var left = Containers(project.Name, out var failure);
        return failure ?? (left.FirstOrDefault(state => state.IsRunning) is { } running
            ? new StepOutcome.Failed($"`{program.Name} down` left service `{running.Service}` running",
                "is it still in the file? `remove_orphans: true` takes what is not")
            : new StepOutcome.Succeeded("down"));
    }

    private StepOutcome Up(ComposeProject project, ImmutableArray<ContainerState> before)
    {
        ImmutableArray<string> words =
        [
            "--detach",
            .. action.Builds ? ["--build"] : (string[])[],
            .. Orphans,
            .. action.Scale.SelectMany(item => (string[])["--scale", $"{item.Name}={item.Value.Text}"]),
            .. program.IsPodmanCompose && before.Any(state => state.PodmanComposeHash == HashOfOldPodmanCompose) ? Anew() : [],
            .. action.Services.Select(service => service.Text),
        ];
        var report = Ask(project, words);
        var failure = EngineFailure.Of(run, report, $"{program.Name} up");
        var after = Containers(project.Name, out var unseen);
        failure ??= unseen ?? Unmade(report, after);
        if (failure is null && action.Waits)
        {
            failure = Wait(project, after);
        }

        return failure is StepOutcome.Failed failed ? failed with { Detail = [.. Ended(after), .. failed.Detail ?? []] }
            : failure ?? new StepOutcome.Succeeded(Running(before).SetEquals(Running(after)) ? "already up" : "up");
    }

    /// <summary>It would start the old containers again, whatever the file says by now.</summary>
    private string[] Anew()
    {
        run.Say("this podman-compose cannot tell whether a service has changed: all of them are made anew");
        return ["--force-recreate"];
    }

    /// <summary>podman-compose does not say what it could not make; it shows the commands by which it tried.</summary>
    private StepOutcome.Failed? Unmade(ProcessReport report, ImmutableArray<ContainerState> after)
    {
        if (after.IsEmpty && action.Scale.All(item => item.Value.Text != "0"))
        {
            return (StepOutcome.Failed)EngineFailure.Of(run, report with { End = new ProcessEnd.Exited(1) }, $"{program.Name} up")!;
        }

        var names = Told(report).SelectMany(line => MadeHere.Where(start => line.StartsWith(start, StringComparison.Ordinal)).Select(start => line[start.Length..].Split(' ')[0]));
        return names.FirstOrDefault(name => after.All(state => state.Name != name)) is { } unmade
            ? new StepOutcome.Failed($"`{program.Name} up` has not made container `{unmade}`", Detail: report.Tail)
            : null;
    }

    private StepOutcome? Wait(ComposeProject project, ImmutableArray<ContainerState> after)
    {
        var services = Services(project);
        var watched = after
            .Where(state => services is null || services.Contains(state.Service))
            .Select(state => new WatchedContainer(state.Id, $"service `{state.Service}`", mayEnd: true));
        return new ContainerWatch(run, Engine, action.Within, action.Settle).Wait([.. watched]);
    }

    /// <summary>Those that are wanted; null where the tool cannot list them: then all that are there.</summary>
    private HashSet<string>? Services(ComposeProject project)
    {
        if (action.Services.Length > 0)
        {
            return [.. action.Services.Select(service => service.Text)];
        }

        var report = program.IsPodmanCompose ? null : Engine.Run([.. program.Words, .. Options(project), "config", "--services"]);
        return report is { End: ProcessEnd.Exited { Status: 0 } } ? [.. Lines(report.Captured)] : null;
    }

    /// <summary>The last words of services that do not run, though they did not end well.</summary>
    private IEnumerable<string> Ended(ImmutableArray<ContainerState> after) => after
        .Where(state => !state.IsRunning && state.ExitStatus != 0)
        .SelectMany(state => Engine.Log(state.Id, 5).Select(line => $"{state.Service}: {line}").Append($"{state.Service} {WatchedContainer.ExitWords(state)}"));

    private StepOutcome? Call(ComposeProject project, ImmutableArray<string> words) =>
        EngineFailure.Of(run, Ask(project, words), $"{program.Name} {action.Verb}");

    private ProcessReport Ask(ComposeProject project, ImmutableArray<string> words) =>
        Engine.Run([.. program.Words, .. Options(project), action.Verb, .. words]);

    private static IEnumerable<string> Options(ComposeProject project) =>
        ["-p", project.Name, .. project.Files.SelectMany(file => (string[])["-f", file])];

    /// <summary>Of the project, without what was run beside its services.</summary>
    private ImmutableArray<ContainerState> Containers(string project, out StepOutcome? failure)
    {
        var report = Engine.Ask("ps", "--all", "--no-trunc", "--quiet", "--filter", $"label=com.docker.compose.project={project}");
        failure = EngineFailure.Of(run, report, $"{Engine.Program} ps");
        return failure is not null ? []
            : [.. Lines(report.Captured).Select(id => Engine.Look(id, out _)).OfType<ContainerState>().Where(state => !state.IsOneOff)];
    }

    private static HashSet<string> Running(ImmutableArray<ContainerState> states) =>
        [.. states.Where(state => state.IsRunning).Select(state => $"{state.Id} {state.StartedAt}")];

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static IEnumerable<string> Told(ProcessReport report) => Lines(report.Captured).Concat(report.Tail);
}
