namespace HookRunner.Core.Diagnostics;

/// <summary>A place in a text: <c>hookrunner.yml:12:5</c>.</summary>
internal readonly record struct SourceLocation(SourceText Source, int Line, int Column)
{
    public static SourceLocation Nowhere => new(SourceText.Nowhere, 0, 0);

    public override string ToString() => Line == 0 ? Source.Path : $"{Source.Path}:{Line}:{Column}";
}
