using System.Buffers;
using System.Globalization;
using System.Text;
using HookRunner.Core.Reporting;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>The outputs of one event's steps, one after the other.</summary>
internal static class LogText
{
    public static string Json(DeploymentHistory deployment, EventHistory run) => JsonText.Of(writer =>
    {
        writer.WriteString("deployment", deployment.Id);
        writer.WriteString("event", run.Event);
        writer.WriteString("logs", run.Started.Logs);
        writer.WriteList("steps", run.Steps, step =>
        {
            writer.WriteString("name", step.Name);
            writer.WriteString("result", step.Result);
            writer.WriteString("log", step.Log);
        });
    });

    public static void Write(DeploymentHistory deployment, EventHistory run, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Event} of {deployment.Id}, {run.Started.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {run.Ended?.Result ?? "no end recorded"}"));
        foreach (var step in run.Steps)
        {
            var list = step.List == "steps" ? "" : $"{step.List} ";
            output.WriteLine($"== {list}{step.Number} {step.Name}: {step.Result}, {Seconds.Format(step.Took)}{(step.Reason.Length > 0 ? $" ({step.Reason})" : "")}");
            if (step.Log.Length > 0)
            {
                Copy(step.Log, output);
            }
        }
    }

    /// <summary>Sanitised as for the agent: a terminal is no safer place for what a program prints.</summary>
    private static void Copy(string path, TextWriter output)
    {
        if (FileDescriptor.Open(path, OpenFlags.ReadOnly, 0, out var file) is { } error)
        {
            output.WriteLine(error.Number == Errno.ENOENT ? "(no output)" : $"({error})");
            return;
        }

        using (file)
        {
            var (sanitizer, lines, buffer) = (new OutputSanitizer(), new ArrayBufferWriter<byte>(), new byte[64 * 1024]);
            for (long offset = 0; file.ReadAt(buffer, offset, out var count) is null && count > 0; offset += count)
            {
                sanitizer.Write(buffer.AsSpan(0, count), lines);
                output.Write(Encoding.UTF8.GetString(lines.WrittenSpan));
                lines.ResetWrittenCount();
            }

            sanitizer.Finish(lines);
            output.Write(Encoding.UTF8.GetString(lines.WrittenSpan));
        }
    }
}
