namespace HookRunner.Host.Steps.Containers;

/// <summary>A registry of Amazon ECR, known by its host name (Amazon ECR User Guide, "Private registry authentication").</summary>
/// <param name="Service">The word of the AWS CLI: `ecr` or `ecr-public`.</param>
/// <param name="Region">Where its password is asked for.</param>
internal sealed record EcrRegistry(string Service, string Region)
{
    private const int AccountDigits = 12;

    /// <summary>Null where it is another registry.</summary>
    public static EcrRegistry? Of(string host) => host.Split('.') switch
    {
        ["public", "ecr", "aws"] => new EcrRegistry("ecr-public", "us-east-1"),
        [var account, "dkr", "ecr" or "ecr-fips", var region, _, _, ..] when IsAccount(account) => new EcrRegistry("ecr", region),
        [var account, "dkr-ecr" or "dkr-ecr-fips", var region, _, _, ..] when IsAccount(account) => new EcrRegistry("ecr", region),
        _ => null,
    };

    private static bool IsAccount(string text) => text.Length == AccountDigits && text.All(char.IsAsciiDigit);
}
