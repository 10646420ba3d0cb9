using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Processes.Background;
using HookRunner.Host.Tests.Driver;

if (args is [BackgroundLauncher.Word, _, _, _])
{
    return BackgroundLauncher.Run(args[1..]);
}

// Runs programs the way an event does, in a process of its own, because that changes descriptors, signals and parentage
// of the whole process. What became of each run is written to a file, since stdout is what is being tested.
var streams = StandardStreams.Claim();
using var signals = TerminationSignals.Install();
var script = Script.Parse(args);
var mask = new SecretMask();
script.Secrets.ForEach(secret => mask.Add(secret));
var relay = new OutputRelay(streams.Output, mask, script.IsUnderAgent ? () => signals.Stop(TerminationSignals.ReaderGone) : null);
var runner = new ProcessRunner(streams, signals, relay);
using var results = new StreamWriter(script.ResultPath);

foreach (var run in script.Runs)
{
    var log = run.OpenLog();
    for (var number = 0; number < run.Repeat; number++)
    {
        Result.Write(results, runner.Run(run.Request(), log));
        results.Flush();
    }
}

relay.WriteLine("the end", important: true);
return signals.Received == 0 ? 0 : 128 + signals.Received;
