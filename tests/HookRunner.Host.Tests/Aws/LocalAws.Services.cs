using System.Text;
using System.Text.Json.Nodes;

namespace HookRunner.Host.Tests.Aws;

internal sealed partial class LocalAws
{
    private const string Json = "application/x-amz-json-1.1";

    /// <summary>Names to types and values.</summary>
    public Dictionary<string, (string Type, string Value)> Parameters { get; } = [];

    /// <summary>Names to texts, or to bytes.</summary>
    public Dictionary<string, object> Secrets { get; } = [];

    /// <summary>By `bucket/key`.</summary>
    public Dictionary<string, byte[]> Objects { get; } = [];

    /// <summary>Groups to streams to messages.</summary>
    public Dictionary<string, Dictionary<string, List<string>>> LogGroups { get; } = [];

    /// <summary>What was sent to topics.</summary>
    public List<(string Topic, string Subject, string Message)> Published { get; } = [];

    private void AnswerTarget(Call call)
    {
        var asked = JsonNode.Parse(call.Text)!.AsObject();
        lock (_calls)
        {
            switch (call.Target)
            {
                case "AmazonSSM.GetParameter":
                    Parameter(call, (string)asked["Name"]!, asked["WithDecryption"]?.GetValue<bool>() ?? false);
                    break;
                case "AmazonSSM.GetParametersByPath":
                    ParametersByPath(call, asked);
                    break;
                case "secretsmanager.GetSecretValue":
                    Secret(call, (string)asked["SecretId"]!);
                    break;
                default:
                    AnswerLogs(call, asked);
                    break;
            }
        }
    }

    private void Parameter(Call call, string name, bool isDecrypted)
    {
        if (!Parameters.TryGetValue(name, out var found))
        {
            call.Refuse(new Refusal(400, "ParameterNotFound", ""));
            return;
        }

        call.Reply(new JsonObject { ["Parameter"] = Described(name, found, isDecrypted) }.ToJsonString(), Json);
    }

    /// <summary>Two at a time, so that they come in pages.</summary>
    private void ParametersByPath(Call call, JsonObject asked)
    {
        var path = ((string)asked["Path"]!).TrimEnd('/') + "/";
        var below = Parameters.Where(item => item.Key.StartsWith(path, StringComparison.Ordinal)
            && ((asked["Recursive"]?.GetValue<bool>() ?? false) || !item.Key[path.Length..].Contains('/', StringComparison.Ordinal))).ToList();
        var start = asked["NextToken"] is { } token ? int.Parse((string)token!) : 0;
        var isDecrypted = asked["WithDecryption"]?.GetValue<bool>() ?? false;
        var page = new JsonObject
        {
            [nameof(Parameters)] = new JsonArray([.. below.Skip(start).Take(2).Select(item => Described(item.Key, item.Value, isDecrypted))]),
        };
        if (start + 2 < below.Count)
        {
            page["NextToken"] = (start + 2).ToString();
        }

        call.Reply(page.ToJsonString(), Json);
    }

    private static JsonNode Described(string name, (string Type, string Value) parameter, bool isDecrypted) => new JsonObject
    {
        ["Name"] = name,
        ["Type"] = parameter.Type,
        ["Value"] = parameter.Type == "SecureString" && !isDecrypted ? "AQICAH-encrypted" : parameter.Value,
        ["Version"] = 1,
        ["LastModifiedDate"] = 1.7e9,
        ["ARN"] = $"arn:aws:ssm:eu-central-1:123456789012:parameter{name}",
    };

    private void Secret(Call call, string name)
    {
        if (!Secrets.TryGetValue(name, out var found))
        {
            call.Refuse(new Refusal(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
            return;
        }

        var answer = new JsonObject { ["Name"] = name, ["ARN"] = $"arn:aws:secretsmanager:eu-central-1:123456789012:secret:{name}-AbCdEf", ["CreatedDate"] = 1.7e9 };
        answer[found is string ? "SecretString" : "SecretBinary"] = found as string ?? Convert.ToBase64String((byte[])found);
        call.Reply(answer.ToJsonString(), Json);
    }

    private void AnswerLogs(Call call, JsonObject asked)
    {
        var (group, stream) = ((string?)asked["logGroupName"] ?? "", (string?)asked["logStreamName"] ?? "");
        switch (call.Target)
        {
            case "Logs_20140328.CreateLogStream" when LogGroups.TryGetValue(group, out var streams):
                if (streams.TryAdd(stream, []))
                {
                    call.Reply("", Json);
                }
                else
                {
                    call.Refuse(new Refusal(400, "ResourceAlreadyExistsException", "The specified log stream already exists"));
                }

                break;
            case "Logs_20140328.PutLogEvents" when LogGroups.GetValueOrDefault(group)?.GetValueOrDefault(stream) is { } messages:
                messages.AddRange(asked["logEvents"]!.AsArray().Select(item => (string)item!["message"]!));
                call.Reply("""{"nextSequenceToken":"1"}""", Json);
                break;
            case "Logs_20140328.CreateLogStream" or "Logs_20140328.PutLogEvents":
                call.Refuse(new Refusal(400, "ResourceNotFoundException", $"The specified log {(LogGroups.ContainsKey(group) ? "stream" : "group")} does not exist."));
                break;
            default:
                call.Refuse(new Refusal(400, "UnknownOperationException", call.Target));
                break;
        }
    }

    private void AnswerTopic(Call call)
    {
        var form = call.Form;
        lock (_calls)
        {
            Published.Add((form["TopicArn"], form.GetValueOrDefault("Subject", ""), form["Message"]));
        }

        call.Reply("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-1</MessageId></PublishResult>"
            + "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>", "text/xml");
    }

    private void AnswerObject(Call call)
    {
        var key = call.Path[1..];
        if (call.Method == "PUT")
        {
            lock (_calls)
            {
                Objects[key] = Unwrapped(call);
            }

            call.Reply([], "application/xml", 200, ("ETag", "\"e-1\""));
            return;
        }

        if (!Objects.TryGetValue(key, out var found))
        {
            call.Refuse(new Refusal(404, "NoSuchKey", "The specified key does not exist."));
            return;
        }

        var range = call.Header("Range")?["bytes=".Length..].Split('-');
        var (start, end) = range is null ? (0, found.Length) : (int.Parse(range[0]), range[1].Length == 0 ? found.Length : Math.Min(int.Parse(range[1]) + 1, found.Length));
        (string, string)[] headers = [("ETag", "\"e-1\""), ("Accept-Ranges", "bytes"), ("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")];
        call.Reply(found[start..end], "binary/octet-stream", range is null ? 200 : 206,
            range is null ? headers : [.. headers, ("Content-Range", $"bytes {start}-{end - 1}/{found.Length}")]);
    }

    /// <summary>aws-chunked: `SIZE[;...]`, bytes, and so on until a size of 0, then trailers.</summary>
    private static byte[] Unwrapped(Call call)
    {
        if (call.Header("Content-Encoding")?.Contains("aws-chunked", StringComparison.Ordinal) != true)
        {
            return call.Body;
        }

        var content = new MemoryStream();
        for (var at = 0; ;)
        {
            var lineEnd = call.Body.AsSpan(at).IndexOf("\r\n"u8) + at;
            var size = Convert.ToInt32(Encoding.ASCII.GetString(call.Body, at, lineEnd - at).Split(';')[0], 16);
            if (size == 0)
            {
                return content.ToArray();
            }

            content.Write(call.Body, lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
    }
}
