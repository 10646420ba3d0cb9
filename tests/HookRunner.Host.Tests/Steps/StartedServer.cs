using System.Diagnostics;
using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A program in a session of its own, as a server is, that is gone after the test whatever happens.</summary>
internal sealed class StartedServer : IDisposable
{
    private readonly Process _process;

    /// <param name="words">Begun by setsid(1), which has become the program itself when this returns.</param>
    public StartedServer(params string[] words)
    {
        _process = Process.Start(new ProcessStartInfo("setsid", words) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Eventually.Holds(() => !ProcFile.ReadAll($"/proc/{Id}/cmdline").AsSpan().StartsWith("setsid\0"u8));
    }

    /// <summary>A shell text whose first line of output says that it is ready.</summary>
    public static StartedServer Shell(string text, string? ready = "ready")
    {
        var server = new StartedServer("sh", "-c", text);
        if (ready is not null)
        {
            server.ReadLine().Should().Be(ready);
        }

        return server;
    }

    /// <summary>A program of Python's that listens on a port, once it does.</summary>
    public static StartedServer Listening(int port, string address = "127.0.0.1", string more = "") =>
        Python($"import socket; s=socket.create_server(('{address}', {port}), reuse_port=True)\n{more}");

    public static StartedServer Python(string text)
    {
        var server = new StartedServer("/usr/bin/python3", "-c", text + "\nprint('ready', flush=True)\nimport time\ntime.sleep(1000)");
        server.ReadLine().Should().Be("ready");
        return server;
    }

    public int Id => _process.Id;

    public bool IsAlive => Processes.ProgramRun.IsAlive(Id);

    public static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Any, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public int ReadNumber() => int.Parse(ReadLine()!, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        // Its session is its process group; before it has one, it is alone.
        _ = Libc.Kill(Id, 9);
        _ = Libc.Kill(-Id, 9);
        _process.WaitForExit();
        _process.Dispose();
    }
}
