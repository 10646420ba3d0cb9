using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs a PowerShell script on the engine alone, for machines without pwsh: `BuildHost build.ps1 format build`.
// Language, engine cmdlets and native commands work; cmdlets of the modules that pwsh ships beside the engine do not.
if (args is not [var script, .. var rest])
{
    Console.Error.WriteLine("usage: BuildHost SCRIPT [ARGUMENT...]");
    return 2;
}

using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var shell = PowerShell.Create(runspace);
shell.AddScript($"& '{Path.GetFullPath(script)}' {string.Join(' ', rest)}");
shell.Streams.Error.DataAdded += (_, item) => Console.Error.WriteLine(shell.Streams.Error[item.Index]);
shell.Streams.Warning.DataAdded += (_, item) => Console.Error.WriteLine(shell.Streams.Warning[item.Index]);
using var output = new PSDataCollection<PSObject>();
output.DataAdded += (_, item) => Console.Out.WriteLine(output[item.Index]);
try
{
    shell.Invoke(null, output);
    return shell.HadErrors ? 1 : 0;
}
catch (RuntimeException error)
{
    Console.Error.WriteLine(error.ErrorRecord);
    Console.Error.WriteLine(error.ErrorRecord.InvocationInfo?.PositionMessage);
    return 1;
}
