using System.Diagnostics;
using System.Globalization;

namespace HookRunner.Host.Tests.Processes;

/// <summary>A user of a test's own, with a second group, gone with it.</summary>
internal sealed class TestUser : IDisposable
{
    public const string OtherGroup = "games";

    private static int _count;

    public TestUser()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"hr-{Environment.ProcessId % 100000}-{Interlocked.Increment(ref _count)}");
        Run("useradd", "--no-create-home", "--user-group", "--groups", OtherGroup, "--shell", "/usr/sbin/nologin", Name);
    }

    public string Name { get; }

    public void Dispose() => Run("userdel", Name);

    private static void Run(params string[] words)
    {
        using var process = Process.Start(words[0], words[1..]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
