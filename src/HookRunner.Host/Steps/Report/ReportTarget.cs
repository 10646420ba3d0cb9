using System.Collections.Immutable;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Report;

/// <summary>Where a report goes.</summary>
/// <param name="Kind">`s3`, `logs` or `sns`.</param>
/// <param name="Name">A URL, a log group, a topic's ARN.</param>
internal sealed record ReportTarget(string Kind, Template Name)
{
    public const string Object = "s3", LogGroup = "logs", Topic = "sns";

    private const string Place = "<application>/<group>/<deployment>/<instance>/<event>";

    /// <summary>In the order of the reference.</summary>
    public static ImmutableArray<string> Kinds { get; } = [Object, LogGroup, Topic];

    /// <summary>`object s3://bucket/deployments/...`, with what only the run knows in angle brackets.</summary>
    public override string ToString() => Kind switch
    {
        Object => $"object {Name.ToString().TrimEnd('/')}/{Place}.log",
        LogGroup => $"log group {Name}, stream {Place}",
        _ => $"topic {Name}",
    };
}
