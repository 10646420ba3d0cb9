using System.Diagnostics;
using HookRunner.Core.Reporting;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>`hookrunner status`: what is live here, who is at it, and how the last deployments went.</summary>
internal static class StatusCommand
{
    /// <summary>0; 3 where no state is found.</summary>
    public static int Run(StatusOptions options, TextWriter output)
    {
        switch (options.Find())
        {
            case HostState.Refused refused:
                refused.Lines.ToList().ForEach(output.WriteLine);
                return ExitStatus.Invalid;
            case HostState.Found found:
                var status = HostStatus.Of(found, options.Most);
                output.Write(options.Json ? StatusJson.Of(status) : StatusText.Of(status));
                return ExitStatus.Done;
            default:
                throw new UnreachableException();
        }
    }
}
