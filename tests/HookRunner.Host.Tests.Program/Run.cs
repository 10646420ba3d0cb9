using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Tests.Driver;

/// <summary>One program to run, as the command line of this driver says.</summary>
internal sealed record Run
{
    private const int ReadWriteCreateAppend = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Append | OpenFlags.CloseOnExec;

    public ImmutableArray<string> Words { get; init; } = [];

    public int Repeat { get; private init; } = 1;

    private string LogPath { get; init; } = "";

    private bool StartsFresh { get; init; }

    private string Token { get; init; } = Guid.NewGuid().ToString("N");

    private TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    private ProcessRequest Template { get; init; } = new()
    {
        Program = "",
        Arguments = [],
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        WorkingDirectory = "/",
        Deadline = default,
    };

    public Run With(string name, string value) => name switch
    {
        "log" => this with { LogPath = value },
        "fresh" => this with { StartsFresh = true },
        "token" => this with { Token = value },
        "repeat" => this with { Repeat = int.Parse(value, CultureInfo.InvariantCulture) },
        "timeout" => this with { Timeout = Seconds(value) },
        "grace" => this with { Template = Template with { Grace = Seconds(value) } },
        "cwd" => this with { Template = Template with { WorkingDirectory = value } },
        "user" => this with { Template = Template with { User = Users.Find(value) } },
        "umask" => this with { Template = Template with { Umask = Convert.ToUInt32(value, 8) } },
        "nofile" => this with { Template = Template with { OpenFiles = int.Parse(value, CultureInfo.InvariantCulture) } },
        "capture" => this with { Template = Template with { CapturesOutput = true } },
        "quiet" => this with { Template = Template with { IsQuiet = true } },
        "large" => With("env", "LARGE=" + new string('x', int.Parse(value, CultureInfo.InvariantCulture))),
        "nul" => With("env", "NUL=before\0after"),
        "env" => this with { Template = Template with { Environment = Template.Environment.SetItem(value.Split('=', 2)[0], value.Split('=', 2)[1]) } },
        _ => throw new ArgumentException($"no option `{name}`"),
    };

    public StepLog OpenLog() => new(LogPath, Libc.Open(LogPath, ReadWriteCreateAppend | (StartsFresh ? OpenFlags.Truncate : 0), 0x1A0), Token);

    public ProcessRequest Request() => Template with
    {
        Program = Words[0],
        Arguments = Words[1..],
        Deadline = Deadline.After(Timeout, "the test"),
    };

    private static TimeSpan Seconds(string value) => TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture));
}
