using HookRunner.Core.Reporting;

namespace HookRunner.Simulation.Output;

/// <summary>
/// What one event says. A short one is shown with its verdict above its output; one that takes longer than two seconds is
/// shown as it goes.
/// </summary>
internal sealed class EventLog(TextWriter output, string name, bool isFolded, HashSet<string> saidNotes)
{
    private const int MostLines = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly List<string> _lines = [];
    private readonly List<string> _notes = [];
    private int _shown;
    private bool _isLive;

    private TimeSpan Took => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>A line of a script's output.</summary>
    public void Line(string text)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(SafeText.Of(text));
        }
    }

    /// <summary>Shows what there is of an event that takes its time.</summary>
    public void ShowIfSlow()
    {
        if (isFolded || Took < Patience)
        {
            return;
        }

        if (!_isLive)
        {
            output.WriteLine($"{name,-18}  running");
            _isLive = true;
        }

        ShowLines();
    }

    /// <summary>Says once in a simulation where it cannot do as the agent does.</summary>
    public void Note(string text)
    {
        if (saidNotes.Add(text))
        {
            _notes.Add(text);
        }
    }

    public SimulatedEvent Skip(string remark) =>
        Show(new SimulatedEvent { Name = name, Status = EventStatus.Skipped, Remark = remark });

    public SimulatedEvent End(ScriptFailure? failure, string? remark = null) => Show(new SimulatedEvent
    {
        Name = name,
        Status = failure is null ? EventStatus.Succeeded : EventStatus.Failed,
        Took = Took,
        Remark = remark,
        Output = [.. _lines],
        Notes = [.. _notes],
        Failure = failure,
    });

    private SimulatedEvent Show(SimulatedEvent item)
    {
        if (_isLive)
        {
            ShowLines();
        }

        var took = item.Status == EventStatus.Skipped ? "" : Seconds.Format(item.Took);
        output.WriteLine($"{name,-18}  {item.Status,-9}  {took,-8}  {item.Remark}".TrimEnd());
        if (!isFolded || item.Status == EventStatus.Failed)
        {
            ShowLines();
        }

        foreach (var note in item.Notes)
        {
            output.WriteLine($"    note: {note}");
        }

        return item;
    }

    private void ShowLines()
    {
        for (; _shown < _lines.Count; _shown++)
        {
            output.WriteLine($"    {_lines[_shown]}".TrimEnd());
        }
    }
}
