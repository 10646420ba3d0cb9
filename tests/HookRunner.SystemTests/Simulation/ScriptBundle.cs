namespace HookRunner.SystemTests.Simulation;

/// <summary>A bundle whose hooks are shell scripts: what simulate does is then seen without hookrunner in between.</summary>
internal sealed class ScriptBundle : IDisposable
{
    private readonly List<string> _hooks = [];
    private string _rest = "";

    public ScriptBundle()
    {
        Path = Directory.CreateTempSubdirectory("hookrunner-bundle-").FullName;
        File.SetUnixFileMode(Path, (UnixFileMode)0x1ED);
        WriteAppSpec();
    }

    public string Path { get; }

    /// <summary>One more script of an event.</summary>
    /// <param name="settings">More lines of its entry: `timeout: 2`.</param>
    public ScriptBundle With(string name, string script, string settings = "")
    {
        var file = $"{name}-{_hooks.Count}.sh";
        _hooks.Add($"  {name}:\n    - location: {file}\n{(settings.Length == 0 ? "" : $"      {settings}\n")}");
        Write(file, "#!/bin/sh\n" + script + "\n", executable: true);
        WriteAppSpec();
        return this;
    }

    /// <summary>What else stands in appspec.yml: `files:` and the like.</summary>
    public ScriptBundle WithAppSpec(string text)
    {
        _rest = text;
        WriteAppSpec();
        return this;
    }

    public ScriptBundle Write(string relative, string content, bool executable = false)
    {
        var path = System.IO.Path.Join(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)(executable ? 0x1ED : 0x1A4));
        return this;
    }

    public SimulateCall Call(params string[] options) => new(Path, "Staging-APP") { Options = [.. options] };

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void WriteAppSpec() =>
        Write("appspec.yml", $"version: 0.0\nos: linux\n{_rest}\n{(_hooks.Count == 0 ? "" : "hooks:\n")}{string.Concat(_hooks)}");
}
