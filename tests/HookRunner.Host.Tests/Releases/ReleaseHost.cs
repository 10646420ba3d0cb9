using HookRunner.Core.Deployment;
using HookRunner.Core.Language;
using HookRunner.Core.Planning;
using HookRunner.Core.Steps;
using HookRunner.Host.Releases;
using HookRunner.Host.State;
using HookRunner.Host.Steps;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Releases;

/// <summary>A host with one application, deployed to by calling the acts as an event would, without programs around them.</summary>
internal sealed class ReleaseHost : IDisposable
{
    private readonly TempFolder _folder = new();

    public ReleaseHost()
    {
        _folder.Make("bundle");
        Settings = new ReleaseSettings
        {
            Link = At("app"),
            Staging = At("staging"),
            Releases = At("releases"),
            SharedDirectory = At("shared"),
        };
    }

    public ReleaseSettings Settings { get; set; }

    public List<string> Said { get; } = [];

    public TimeSpan Within { get; set; } = TimeSpan.FromMinutes(1);

    public (uint User, uint Group) Owner { get; set; } = (0, 0);

    public string Live => ReadLink("app");

    public StateLayout Layout => StateLayout.For("shop", At("state"));

    public IReadOnlyList<JournalRecord> Records
    {
        get
        {
            using var journal = Journal.OpenToRead(Layout.Journal);
            return [.. journal.NewestFirst()];
        }
    }

    public string At(string name) => _folder.At(name);

    public string Read(string name) => File.ReadAllText(At(name));

    public string ReadLink(string name) => new FileInfo(At(name)).LinkTarget ?? "no link";

    public bool Exists(string name) => Path.Exists(At(name)) || new FileInfo(At(name)).LinkTarget is not null;

    public IEnumerable<string> Names(string directory) =>
        Directory.EnumerateFileSystemEntries(At(directory)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Write(string name, string content = "x") => _folder.Write(name, content);

    public void Make(string name) => _folder.Make(name);

    public void Link(string name, string target) => _folder.Link(name, target);

    /// <summary>What Install does: puts files into the staging directory.</summary>
    public void Install(string deployment) => Write("staging/REVISION", deployment);

    /// <summary>BeforeInstall, Install, stage and activate, all of which must go well.</summary>
    public void Deploy(string deployment)
    {
        BeforeInstall(deployment).Should().BeNull();
        Install(deployment);
        Do(deployment, "stage").Should().BeOfType<StepOutcome.Succeeded>();
        Do(deployment, "activate").Should().BeOfType<StepOutcome.Succeeded>();
    }

    public StepOutcome.Failed? BeforeInstall(string deployment, bool mayRemove = true)
    {
        using var context = Open(deployment, LifecycleEvent.BeforeInstall);
        return context.PrepareForInstall(Said.Add, () => mayRemove);
    }

    public StepOutcome Do(string deployment, string verb, LifecycleEvent during = LifecycleEvent.AfterInstall)
    {
        using var context = Open(deployment, during);
        var run = new TestStepRun(At("bundle"), Within) { Given = context, Planned = context.Plan, Owner = Owner };
        var outcome = new ReleaseAction(verb, Settings.Link).Run(run);
        Said.AddRange(run.Said);
        return outcome;
    }

    public ReleaseContext Open(string deployment, LifecycleEvent during = LifecycleEvent.AfterInstall)
    {
        Layout.Create().Should().BeNull();
        return ReleaseContext.Open(Plan(deployment, during), Layout);
    }

    public ExecutionPlan Plan(string deployment, LifecycleEvent during) => new()
    {
        Deployment = new DeploymentContext { Application = "shop", Group = "Staging-APP", Deployment = deployment, Bundle = At("bundle") },
        Event = during,
        Environment = "staging",
        Roles = [],
        Steps = [],
        OnFailure = [],
        Always = [],
        Links = [],
        Variables = [],
        Mask = [],
        Release = Settings,
    };

    public void Dispose() => _folder.Dispose();
}
