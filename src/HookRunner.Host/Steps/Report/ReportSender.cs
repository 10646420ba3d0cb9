using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Steps.Report;

/// <summary>Sends one report. Its text is in a file without a name, never on a command line.</summary>
internal sealed class ReportSender(StepRun run, ReportTarget target, Deadline end)
{
    private const string AlreadyThere = "ResourceAlreadyExistsException";

    private readonly AwsCli _aws = new(run, end);

    /// <summary>Null where it was sent.</summary>
    public StepOutcome? Send(EventReport report)
    {
        var instance = ReportPlace.Instance(run, end);
        var place = ReportPlace.Of(report.Identity, instance);
        return target.Kind switch
        {
            ReportTarget.Object => Upload(ReportText.Whole(run, report, instance), place),
            ReportTarget.LogGroup => Log(ReportText.Whole(run, report, instance), place),
            _ => Publish(report, instance),
        };
    }

    private StepOutcome? Upload(ImmutableArray<string> lines, string place)
    {
        var url = $"{target.Name.Text.TrimEnd('/')}/{place}.log";
        return With(string.Join('\n', lines) + "\n", path => Call(new AwsCall
        {
            Service = "s3",
            Words = ["cp", path, url, "--no-progress", "--content-type", "text/plain; charset=utf-8"],
            What = $"object {url}",
            Name = url,
            Permission = "s3:PutObject",
            Resource = $"arn:aws:s3:::{url["s3://".Length..]}",
        }));
    }

    /// <summary>The group must be there, with its retention and its key; the stream is made.</summary>
    private StepOutcome? Log(ImmutableArray<string> lines, string stream)
    {
        var group = target.Name.Text;
        AwsCall Request(string permission, params ImmutableArray<string> words) => new()
        {
            Service = "logs",
            Words = words,
            What = $"log group {group}",
            Name = group,
            Permission = permission,
            Resource = $"arn:aws:logs:{AwsCall.Region}:*:log-group:{group}:*",
            Accepts = AlreadyThere,
        };
        return Call(Request("logs:CreateLogStream", "create-log-stream", "--log-group-name", group, "--log-stream-name", stream))
            ?? With(LogEvents(group, stream, lines), path =>
                Call(Request("logs:PutLogEvents", "put-log-events", "--cli-input-json", $"file://{path}")));
    }

    /// <summary>Only the digest: it goes to a pager or a chat, and the service takes 256 KiB.</summary>
    private StepOutcome? Publish(EventReport report, string instance)
    {
        const int longestSubject = 100;
        var identity = report.Identity;
        var subject = run.Mask.Apply($"{identity.Event} {(report.Failure is null ? "done" : "failed")}: {identity.Application} {identity.Deployment}");
        subject = string.Concat(subject.Take(longestSubject).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
        return With(string.Join('\n', ReportText.Digest(run, report, instance)) + "\n", path => Call(new AwsCall
        {
            Service = "sns",
            Words = ["publish", "--topic-arn", target.Name.Text, "--subject", subject, "--message", $"file://{path}"],
            What = $"topic {target.Name.Text}",
            Name = target.Name.Text,
            Permission = "sns:Publish",
            Resource = target.Name.Text,
        }));
    }

    /// <summary>Each line a millisecond after the one before, so that they stay in order.</summary>
    private static string LogEvents(string group, string stream, ImmutableArray<string> lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - lines.Length;
            json.WriteStartObject();
            json.WriteString("logGroupName", group);
            json.WriteString("logStreamName", stream);
            json.WriteStartArray("logEvents");
            foreach (var line in lines)
            {
                json.WriteStartObject();
                json.WriteNumber("timestamp", time++);
                // An empty one is refused.
                json.WriteString("message", line.Length == 0 ? " " : line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static StepOutcome? With(string text, Func<string, StepOutcome?> act)
    {
        using var file = NamelessFile.Of(text, out var errno);
        return file is null ? new StepOutcome.Failed($"there is no memory for the report: {Errno.Describe(errno)}") : act(file.Path);
    }

    private StepOutcome? Call(AwsCall call)
    {
        _aws.Ask(call, out var failure);
        return failure;
    }
}
