using System.Collections.Immutable;

namespace HookRunner.Core.Diagnostics;

/// <summary>Collects mistakes so that all of them are reported together. The same mistake found twice counts once.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<Diagnostic> _known = [];

    public bool HasErrors { get; private set; }

    /// <summary>Every diagnostic, in the order of files first met, then of lines and columns.</summary>
    public ImmutableArray<Diagnostic> Sorted()
    {
        var files = _items.Select(item => item.Location.Source).Distinct().ToList();
        return [.. _items
            .OrderBy(item => files.IndexOf(item.Location.Source))
            .ThenBy(item => item.Location.Line)
            .ThenBy(item => item.Location.Column)];
    }

    public void Error(SourceLocation location, string message, string? remedy = null) =>
        Add(new Diagnostic(Severity.Error, location, message, remedy));

    public void Warning(SourceLocation location, string message, string? remedy = null) =>
        Add(new Diagnostic(Severity.Warning, location, message, remedy));

    public void Add(Diagnostic diagnostic)
    {
        if (_known.Add(diagnostic))
        {
            _items.Add(diagnostic);
            HasErrors |= diagnostic.Severity == Severity.Error;
        }
    }

    public void AddRange(DiagnosticBag other)
    {
        foreach (var item in other._items)
        {
            Add(item);
        }
    }
}
