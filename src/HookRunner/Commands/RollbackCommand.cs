using HookRunner.Core.Reporting;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>`hookrunner rollback [--to ID]`: flips the link back, marks the release that is left bad, then runs the file's `rollback:` steps.</summary>
internal static class RollbackCommand
{
    /// <summary>0; 1 where it cannot be done; 3 where no state is found; 5 where another run has the lock; else what the steps end with.</summary>
    /// <param name="steps">Runs the `rollback:` steps of the bundle that was last recorded, and returns their exit status.</param>
    public static int Run(RollbackOptions options, TextWriter output, Func<HostState.Found, RollbackResult.Done, int> steps)
    {
        if (options.Place.Find() is not HostState.Found found)
        {
            return StatusCommand.Run(options.Place, output);
        }

        var result = new HostRollback(found, options.To, output.WriteLine, CancellationToken.None).Run();
        output.Write(options.Place.Json ? Json(result) : Text(result));
        return result switch
        {
            RollbackResult.Done done => steps(found, done),
            RollbackResult.Locked => ExitStatus.Locked,
            _ => ExitStatus.StepFailed,
        };
    }

    private static string Text(RollbackResult result) => result switch
    {
        RollbackResult.Done { Left: { } left } done => $"{done.Link} points to {done.Release} now; {left} is marked bad\n",
        RollbackResult.Done done => $"{done.Link} points to {done.Release} now\n",
        RollbackResult.Refused refused => $"nothing was rolled back: {refused.Reason}\n",
        RollbackResult.Locked locked => $"nothing was rolled back: {locked.Reason}\n",
        _ => "",
    };

    private static string Json(RollbackResult result) => JsonText.Of(writer =>
    {
        writer.WriteBoolean("done", result is RollbackResult.Done);
        switch (result)
        {
            case RollbackResult.Done done:
                writer.WriteString("link", done.Link);
                writer.WriteString("release", done.Release);
                writer.WriteString("left", done.Left);
                writer.WriteString("deployment", done.Deployment);
                break;
            case RollbackResult.Refused refused:
                writer.WriteString("reason", refused.Reason);
                break;
            case RollbackResult.Locked locked:
                writer.WriteString("reason", locked.Reason);
                break;
        }
    });
}
