using System.Collections.Immutable;
using HookRunner.Benchmarks;
using HookRunner.SystemTests.Support;

// Measures the published executable: at its start, beside bash and beside the least program of the same runtime, and what its
// releases and switches cost on the file system of a directory, beside the ways that copy and beside the bare calls:
//   dotnet publish src/HookRunner -r linux-x64 -o artifacts/linux-x64
//   dotnet publish tests/Benchmarks.HelloWorld -r linux-x64 -o artifacts/hello
//   export HOOKRUNNER_EXECUTABLE=artifacts/linux-x64/hookrunner
//   dotnet run -c Release --project tests/Benchmarks -- start artifacts/hello/hello
//   dotnet run -c Release --project tests/Benchmarks -- releases DIRECTORY
switch (HookRunnerExecutable.IsNative ? args : [])
{
    case ["start", var hello]:
        Start(hello);
        return 0;
    case ["releases", var place]:
        Releases(place);
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: HOOKRUNNER_EXECUTABLE=PUBLISHED dotnet run -c Release --project tests/Benchmarks -- start HELLO | releases DIRECTORY");
        return 2;
}

static void Start(string hello)
{
    const int commands = 50;
    var hookFile = $"version: 1\nhooks:\n  AfterInstall:\n{string.Concat(Enumerable.Repeat("    - run: /bin/true\n", commands))}";
    using var bundle = Bundle.Create(hookFile, timeout: 3600);
    var script = bundle.Write("fifty.sh", $"set -e\n{string.Concat(Enumerable.Repeat("/bin/true\n", commands))}");

    Contender Ours(string name) => new("hookrunner", Path.Join(bundle.Archive, "hookrunner"), [])
    {
        Environment = bundle.Call(name).Over(AgentEnvironment.Service),
        // A deployment runs an event once: a hundred runs of it in one journal are nobody's case.
        Before = () =>
        {
            if (Directory.Exists(bundle.State))
            {
                Directory.Delete(bundle.State, recursive: true);
            }
        },
    };

    Compare("an event without steps", 200, Ours("ApplicationStart"), new("bash -c true", "/bin/bash", ["-c", "true"]), new("hello world", hello, []));
    Compare($"{commands} x /bin/true", 40, Ours("AfterInstall"), new($"bash -e, {commands} lines", "/bin/bash", [script]));
}

static void Releases(string place)
{
    var (ours, bare) = SwitchCosts.Measure(place, 5);
    Console.WriteLine(FormattableString.Invariant($"a switch {ours:0.0} us, bare symlink + rename + fsync {bare:0.0} us: {ours / bare:0.00}"));
    using var costs = new ReleaseCosts(place);
    foreach (var files in new[] { 100, 10_000, 100_000 })
    {
        foreach (var (way, took) in costs.Measure(files, files < 100_000 ? 5 : 2))
        {
            Console.WriteLine(FormattableString.Invariant($"{files,7} files  {way,-34} {took,10:0.0} ms"));
        }
    }
}

static void Compare(string what, int rounds, params ImmutableArray<Contender> contenders)
{
    Console.WriteLine($"{what}, {rounds} rounds");
    foreach (var line in PairedRun.Of(contenders, rounds).Lines())
    {
        Console.WriteLine($"  {line}");
    }

    foreach (var contender in contenders)
    {
        Console.WriteLine($"  {contender.Name,-34} {SystemCalls.Count(contender),8} system calls");
    }
}
