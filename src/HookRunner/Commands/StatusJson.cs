using System.Globalization;
using System.Text.Json;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>A host's status for programs. Fields may be added; none changes its meaning.</summary>
internal static class StatusJson
{
    public static string Of(HostStatus status) => JsonText.Of(writer =>
    {
        writer.WriteString("application", status.Application);
        writer.WriteString("state", status.State);
        writer.WriteList("links", status.Links, link =>
        {
            writer.WriteString("link", link.Link);
            writer.WriteString("live", link.Live);
            writer.WriteString("previous", link.Previous);
            writer.WriteString("locked_by", link.Holder?.Deployment);
            writer.WriteString("locked_by_group", link.Holder?.Group);
            writer.WriteString("locked_in_event", link.Holder?.Event);
        });
        writer.WriteList("releases", status.Releases, release =>
        {
            writer.WriteString("path", release.Path);
            writer.WriteString("deployment", release.Deployment);
            writer.WriteBoolean("live", release.IsLive);
            writer.WriteBoolean("bad", release.IsBad);
        });
        writer.WriteList("deployments", status.Deployments, deployment => Write(writer, deployment));
    });

    private static void Write(Utf8JsonWriter writer, DeploymentHistory deployment)
    {
        writer.WriteString("id", deployment.Id);
        writer.WriteString("group", deployment.Group);
        writer.WriteString("environment", deployment.Environment);
        writer.WriteList("events", deployment.Events, run =>
        {
            writer.WriteString("event", run.Event);
            writer.WriteString("started", Time(run.Started.At));
            writer.WriteString("result", run.Ended?.Result);
            writer.WriteNumber("seconds", run.Ended?.Took.TotalSeconds ?? 0);
            writer.WriteString("failed_step", run.Ended?.FailedStep);
            writer.WriteString("reason", run.Ended?.Reason);
            writer.WriteString("logs", run.Started.Logs);
            writer.WriteList("steps", run.Steps, step =>
            {
                writer.WriteString("list", step.List);
                writer.WriteNumber("number", step.Number);
                writer.WriteString("name", step.Name);
                writer.WriteString("result", step.Result);
                writer.WriteString("reason", step.Reason);
                writer.WriteNumber("seconds", step.Took.TotalSeconds);
                writer.WriteString("log", step.Log);
            });
        });
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
