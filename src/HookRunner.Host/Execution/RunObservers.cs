using HookRunner.Host.Logging;

namespace HookRunner.Host.Execution;

/// <summary>Hands each happening to all observers, in order.</summary>
internal sealed class RunObservers(params IRunObserver[] observers) : IRunObserver
{
    public void On(RunEvent happening)
    {
        foreach (var observer in observers)
        {
            observer.On(happening);
        }
    }
}
