using System.Diagnostics;

namespace HookRunner.Host.Tests;

/// <summary>For what another process brings about.</summary>
internal static class Eventually
{
    public static void Holds(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); Thread.Sleep(5))
        {
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        }
    }
}
