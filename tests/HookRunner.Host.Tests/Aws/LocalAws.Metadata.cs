namespace HookRunner.Host.Tests.Aws;

internal sealed partial class LocalAws
{
    private string _token = "token-1";

    /// <summary>By their paths below /latest/.</summary>
    public Dictionary<string, string> Metadata { get; } = new()
    {
        ["meta-data/instance-id"] = "i-0123456789abcdef0",
        ["meta-data/placement/region"] = "eu-central-1",
        ["meta-data/placement/availability-zone"] = "eu-central-1b",
        ["dynamic/instance-identity/document"] = """{ "accountId" : "123456789012", "region" : "eu-central-1" }""",
        ["meta-data/iam/security-credentials/"] = "web",
        ["meta-data/iam/security-credentials/web"] = $$"""
            { "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2026-01-01T00:00:00Z", "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "not-a-key",
              "Token": "not-a-token", "Expiration": "{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}" }
            """,
    };

    /// <summary>Tags of the instance; null: they are not in its metadata.</summary>
    public Dictionary<string, string>? Tags { get; set; } = new() { ["Name"] = "web-1", ["team:owner"] = "shop & co" };

    /// <summary>From now on the tokens that were given are none any more.</summary>
    public void Expire() => _token += "0";

    private void AnswerMetadata(Call call)
    {
        const string tags = "meta-data/tags/instance/";
        var path = call.Path["/latest/".Length..];
        if (path == "api/token")
        {
            var isRight = call.Method == "PUT" && call.Header("X-aws-ec2-metadata-token-ttl-seconds") is not null;
            call.Reply(isRight ? _token : "", status: isRight ? 200 : 400);
            return;
        }

        if (call.Header("X-aws-ec2-metadata-token") != _token)
        {
            call.Reply("", status: 401);
            return;
        }

        var found = path == tags ? Tags is null ? null : string.Join('\n', Tags.Keys)
            : path.StartsWith(tags, StringComparison.Ordinal) ? Tags?.GetValueOrDefault(path[tags.Length..])
            : Metadata.GetValueOrDefault(path) ?? Metadata.GetValueOrDefault(path.TrimEnd('/'));
        call.Reply(found ?? "", status: found is null ? 404 : 200);
    }
}
