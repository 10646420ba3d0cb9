using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.Core.Deployment;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Releases;

/// <summary>
/// A host on which one application is deployed again and again: bundle, link, releases and state below one directory, which
/// can be put back to an earlier moment.
/// </summary>
internal sealed class Site : IDisposable
{
    public const int Killed = 137;

    private static readonly ImmutableArray<string> Files = ["REVISION", "bin/run", "lib/deep/er/code", "log/.keep"];

    private readonly string _folder;

    /// <param name="release">Further lines of `release:`.</param>
    /// <param name="hooks">Lines of `hooks:`; default: stage and activate in AfterInstall.</param>
    /// <param name="place">Where to make it; default: memory, where a flush takes no time.</param>
    public Site(string release = "", string? hooks = null, string? place = null)
    {
        _folder = Directory.CreateDirectory(Path.Join(place ?? Memory(), "hookrunner-" + Guid.NewGuid().ToString("N")[..12])).FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        Root = Path.Join(_folder, "now");
        Directory.CreateDirectory(At("bundle"));
        Directory.CreateDirectory(At("site"));
        File.WriteAllText(At("bundle/appspec.yml"),
            $"version: 0.0\nos: linux\nfiles: [{{ source: /app, destination: {At("site/staging")} }}]\n"
            + "hooks:\n" + string.Concat(LifecycleEvents.Names.Select(name => $"  {name}: [{{ location: hookrunner, timeout: 300 }}]\n")));
        Settings(release, hooks);
    }

    public string Root { get; }

    public string? Live => new FileInfo(At("site/app")).LinkTarget;

    public string At(string name) => Path.Join(Root, name);

    public IEnumerable<string> Calls => File.Exists(At("calls")) ? File.ReadLines(At("calls")) : [];

    /// <summary>Writes hookrunner.yml as the next revision has it.</summary>
    public void Settings(string release, string? hooks = null) => File.WriteAllText(At("bundle/hookrunner.yml"),
        $"version: 1\nstate: {At("state")}\nrelease:\n  link: {At("site/app")}\n  releases: {At("site/releases")}\n"
        + (release.Contains("source:", StringComparison.Ordinal) ? "" : $"  staging: {At("site/staging")}\n")
        + $"{release}\nhooks:\n{hooks ?? "  AfterInstall: [{ release: stage }, { release: activate }]"}\n");

    /// <summary>A whole tree, every file of which names its revision.</summary>
    public void Fill(string directory, string revision)
    {
        foreach (var file in Files)
        {
            var path = At(Path.Join(directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, revision);
        }
    }

    /// <summary>What Install does, which refuses a place that is taken.</summary>
    public void Install(string revision)
    {
        Directory.Exists(At("site/staging")).Should().BeFalse("Install would find files in its way");
        Fill("site/staging", revision);
    }

    /// <summary>BeforeInstall, Install, AfterInstall; all must go well.</summary>
    public void Deploy(string revision)
    {
        Run("BeforeInstall", revision).Should().Be(0, Output);
        Install(revision);
        Run("AfterInstall", revision).Should().Be(0, Output);
        Live.Should().Be(At($"site/releases/{revision}"));
    }

    public string Output { get; private set; } = "";

    public int Run(string name, string deployment, Tracer? tracer = null, string group = "Staging-APP")
    {
        ImmutableArray<string> words = [.. tracer?.Words(Root) ?? [], HookRunnerExecutable.Path];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment.Clear();
        foreach (var (key, value) in Variables(name, deployment, group))
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Save() => Copy(Root, Path.Join(_folder, "saved"));

    public void Restore() => Copy(Path.Join(_folder, "saved"), Root);

    /// <summary>The revision of the live tree; null where nothing is live. A tree that is not whole fails the test.</summary>
    public string? LiveRevision(string why = "")
    {
        if (!Path.Exists(At("site/app")))
        {
            new FileInfo(At("site/app")).LinkTarget.Should().BeNull($"the link leads nowhere: {why}");
            return null;
        }

        var files = Files.Where(file => !file.StartsWith("log/", StringComparison.Ordinal)).Select(file => At("site/app/" + file)).ToList();
        files.Should().OnlyContain(file => File.Exists(file), why);
        var revision = File.ReadAllText(files[0]);
        files.Select(File.ReadAllText).Should().OnlyContain(text => text == revision, $"a release is live whole or not at all: {why}");
        return revision;
    }

    /// <summary>Names that only a run in its course may leave.</summary>
    public IEnumerable<string> Leftovers() => new[] { "site", "site/releases" }
        .Where(directory => Directory.Exists(At(directory)))
        .SelectMany(directory => Directory.EnumerateFileSystemEntries(At(directory)))
        .Where(path => Path.GetFileName(path).Contains(".hookrunner-", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<(string Name, string Value)> Variables(string name, string deployment, string group) =>
    [
        ("PATH", "/usr/bin:/bin"), ("HOME", "/root"), ("HOOKRUNNER_BUNDLE", At("bundle")), ("LIFECYCLE_EVENT", name), ("DEPLOYMENT_ID", deployment),
        ("APPLICATION_NAME", "shop"), ("DEPLOYMENT_GROUP_NAME", group), ("DEPLOYMENT_GROUP_ID", "g"),
        ("DOTNET_ROOT", Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? ""),
    ];

    private static string Memory() => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        using var copy = Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
        copy.ExitCode.Should().Be(0);
    }
}
