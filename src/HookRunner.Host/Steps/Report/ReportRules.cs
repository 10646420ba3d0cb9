namespace HookRunner.Host.Steps.Report;

/// <summary>What a target may be called.</summary>
internal static class ReportRules
{
    private const string Scheme = "s3://";

    /// <summary>What was expected instead; null where the name is one.</summary>
    public static string? Mistake(ReportTarget target)
    {
        var name = target.Name.Text;
        return target.Kind switch
        {
            ReportTarget.Object => name.StartsWith(Scheme, StringComparison.Ordinal) && name.Length > Scheme.Length && name[Scheme.Length] != '/' && !name.Any(char.IsControl)
                ? null : "`s3://BUCKET/PREFIX`",
            ReportTarget.LogGroup => name.Length is > 0 and <= 512 && name[0] != '-' && !name.Contains("//", StringComparison.Ordinal) && name.All(IsOfGroup)
                ? null : "the name of a log group: letters, digits and `_/.#-`",
            _ when name.EndsWith(".fifo", StringComparison.Ordinal) => "a topic that is no FIFO one, which queues alone can follow",
            _ => name.Split(':') is ["arn", { Length: > 0 }, "sns", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }]
                ? null : "`arn:aws:sns:REGION:ACCOUNT:TOPIC`",
        };
    }

    private static bool IsOfGroup(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '/' or '.' or '#' or '-';
}
