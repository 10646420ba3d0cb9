using System.Collections.Immutable;
using HookRunner.Benchmarks;
using HookRunner.SystemTests.Support;

// Measures the published executable beside bash and beside the least program of the same runtime:
//   dotnet publish src/HookRunner -r linux-x64 -o artifacts/linux-x64
//   dotnet publish tests/Benchmarks.HelloWorld -r linux-x64 -o artifacts/hello
//   HOOKRUNNER_EXECUTABLE=artifacts/linux-x64/hookrunner dotnet run -c Release --project tests/Benchmarks -- artifacts/hello/hello [DIRECTORY...]
// In each directory also what releases and switches cost on its file system.
if (args is not [var hello, ..] || !HookRunnerExecutable.IsNative)
{
    Console.Error.WriteLine("usage: HOOKRUNNER_EXECUTABLE=PUBLISHED dotnet run -c Release --project tests/Benchmarks -- HELLO [DIRECTORY...]");
    return 2;
}

const int Commands = 50;
var hookFile = $"version: 1\nhooks:\n  AfterInstall:\n{string.Concat(Enumerable.Repeat("    - run: /bin/true\n", Commands))}";
using var bundle = Bundle.Create(hookFile, timeout: 3600);
var script = bundle.Write("fifty.sh", $"set -e\n{string.Concat(Enumerable.Repeat("/bin/true\n", Commands))}");

Contender Ours(string name) => new("hookrunner", Path.Join(bundle.Archive, "hookrunner"), [])
{
    Environment = bundle.Call(name).Over(AgentEnvironment.Service),
};

Compare("an event without steps", 200, Ours("ApplicationStart"), new("bash -c true", "/bin/bash", ["-c", "true"]), new("hello world", hello, []));
Compare($"{Commands} x /bin/true", 40, Ours("AfterInstall"), new($"bash -e, {Commands} lines", "/bin/bash", [script]));

foreach (var place in args[1..])
{
    Console.WriteLine($"releases below {place}");
    using (var costs = new ReleaseCosts(place))
    {
        foreach (var files in new[] { 100, 10_000, 100_000 })
        {
            foreach (var (way, took) in costs.Measure(files, files < 100_000 ? 5 : 1))
            {
                Console.WriteLine(FormattableString.Invariant($"  {files,7} files  {way,-34} {took,10:0.0} ms"));
            }
        }
    }

    var (ours, bare) = SwitchCosts.Measure(place, 5);
    Console.WriteLine(FormattableString.Invariant($"  a switch {ours:0.0} us, bare symlink + rename + fsync {bare:0.0} us: {ours / bare:0.00}"));
}

return 0;

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
