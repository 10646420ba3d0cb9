using System.Diagnostics;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Os;

public sealed class TerminationSignalsSpecs : IDisposable
{
    private readonly TerminationSignals _signals = TerminationSignals.Install();

    [Fact]
    public void The_first_order_counts_and_wakes_whoever_waits()
    {
        using var timer = new Timer(_ => _signals.Stop(15), null, 100, Timeout.Infinite);

        _signals.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();

        _signals.Stop(2);
        _signals.Received.Should().Be(15);
        _signals.Token.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void An_order_that_comes_when_it_was_put_away_is_no_defect()
    {
        var signals = TerminationSignals.Install();

        signals.Dispose();

        signals.Invoking(late => late.Stop(15)).Should().NotThrow();
        signals.Received.Should().Be(15);
    }

    [Fact]
    public void A_wait_without_an_order_ends_in_its_time()
    {
        var watch = Stopwatch.StartNew();

        _signals.Wait(TimeSpan.FromMilliseconds(100)).Should().BeFalse();

        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(90));
    }

    [Fact]
    public void The_same_order_twice_at_once_is_not_urgent()
    {
        _signals.Stop(15);
        _signals.Stop(15);

        _signals.Urgent.Should().BeFalse();
    }

    [Fact]
    public void A_reader_that_goes_after_the_order_does_not_make_it_urgent()
    {
        _signals.Stop(15);
        Thread.Sleep(400);
        _signals.Stop(TerminationSignals.ReaderGone);

        _signals.Urgent.Should().BeFalse();
        _signals.Received.Should().Be(15);
    }

    [Fact]
    public void A_second_order_later_is_urgent()
    {
        _signals.Stop(15);
        Thread.Sleep(400);
        _signals.Stop(15);

        _signals.Urgent.Should().BeTrue();
    }

    public void Dispose() => _signals.Dispose();
}
