namespace HookRunner.Host.Logging;

/// <summary>Is told what happens: the console, the structured log, the journal. It cannot fail the run.</summary>
internal interface IRunObserver
{
    void On(RunEvent happening);
}
