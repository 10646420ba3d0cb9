using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Service;

namespace HookRunner.Host.Steps.WaitFor;

/// <summary>A thing to wait for, all known. A closed set.</summary>
internal abstract record Awaited
{
    private Awaited()
    {
    }

    /// <summary>What is waited for, in words.</summary>
    public abstract override string ToString();

    /// <summary>Looks once, for at most <paramref name="bound"/>.</summary>
    public abstract Sight Look(StepRun run, TimeSpan bound);

    /// <summary>A program that accepts connections.</summary>
    internal sealed record Tcp(string Host, int Port) : Awaited
    {
        public bool IsLoopback => Host is "localhost" or "::1" || Host.StartsWith("127.", StringComparison.Ordinal);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

        public override Sight Look(StepRun run, TimeSpan bound)
        {
            var error = TcpConnection.Open(Host, Port, Patience.For(bound, run.Stopping), out var connection);
            connection?.Dispose();
            return error switch
            {
                null => new Sight.Ready(),
                { Number: Errno.ECONNREFUSED } => new Sight.NotYet($"nothing listens on {this}", IsAbsent: true),
                { Number: Errno.ETIMEDOUT or Errno.ECANCELED } => new Sight.NotYet($"{this} does not answer"),
                { Number: Errno.ENOENT } => new Sight.NotYet($"host `{Host}` is not known"),
                _ => new Sight.NotYet($"{this}: {Errno.Describe(error.Number)}"),
            };
        }
    }

    internal sealed record File(string Path) : Awaited
    {
        public override string ToString() => Path;

        public override Sight Look(StepRun run, TimeSpan bound) => FileStatus.Followed(Path, out _) switch
        {
            null => new Sight.Ready(),
            { Number: Errno.ENOENT or Errno.ENOTDIR } => new Sight.NotYet($"`{Path}` is not there"),
            var error => new Sight.NotYet(error.ToString()),
        };
    }

    /// <summary>A unit that is active; one that has failed is not waited for.</summary>
    internal sealed record Unit(string Name) : Awaited
    {
        public override string ToString() => $"unit {Name}";

        public override Sight Look(StepRun run, TimeSpan bound)
        {
            var systemctl = new Systemctl(run, new ServiceRequest { Verb = ServiceVerb.Start, Units = [Name], Within = bound });
            if (systemctl.Show([Name], out var failure) is not [var state])
            {
                return run.IsSimulated ? new Sight.NotYet("systemd is out of reach", IsAbsent: true) : new Sight.Hopeless(failure!);
            }

            return state switch
            {
                { IsActive: true } => new Sight.Ready(),
                { IsMissing: true } when run.IsSimulated => new Sight.NotYet($"unit `{Name}` is unknown", IsAbsent: true),
                _ when UnitFailure.Unusable(state) is { } unusable => new Sight.Hopeless(unusable),
                { ActiveState: "failed" } => new Sight.Hopeless(UnitFailure.Of(state, "has failed", systemctl.Journal(Name))),
                _ => new Sight.NotYet($"unit `{Name}` is {state.ActiveState} ({state.SubState})"),
            };
        }
    }

    /// <summary>A process by its program's name, or by the file that holds its pid.</summary>
    internal sealed record Process(string NameOrFile) : Awaited
    {
        public override string ToString() => $"process {NameOrFile}";

        public override Sight Look(StepRun run, TimeSpan bound) => ProcessSearch.Find(NameOrFile).Count > 0
            ? new Sight.Ready()
            : new Sight.NotYet(
                ProcessSearch.IsFile(NameOrFile) ? $"no process lives by `{NameOrFile}`" : $"no process `{NameOrFile}` lives",
                IsAbsent: true);
    }

    /// <summary>That no such process lives any more.</summary>
    internal sealed record Gone(string NameOrFile) : Awaited
    {
        public override string ToString() => $"the end of process {NameOrFile}";

        public override Sight Look(StepRun run, TimeSpan bound)
        {
            var living = ProcessSearch.Find(NameOrFile);
            return living.Count == 0
                ? new Sight.Ready()
                : new Sight.NotYet($"`{NameOrFile}` still lives (pid {string.Join(", ", living.Take(5))})");
        }
    }

    /// <summary>A command that ends with 0.</summary>
    internal sealed record Command(CommandText Text) : Awaited
    {
        public override string ToString() => $"`{Text}`";

        public override Sight Look(StepRun run, TimeSpan bound)
        {
            var report = run.RunProgram(Text, within: bound);
            return report.End switch
            {
                ProcessEnd.Exited { Status: 0 } => new Sight.Ready(),
                ProcessEnd.Exited { Status: var status } => new Sight.NotYet($"`{Text}` ended with exit status {status}", Detail: report.Tail),
                ProcessEnd.TimedOut => new Sight.NotYet($"`{Text}` does not end", Detail: report.Tail),
                _ => new Sight.Hopeless(run.Judge(report, $"`{Text}`")),
            };
        }
    }
}
