using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Checking;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Host.Steps;
using HookRunner.SystemTests.Documentation;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Ported;

/// <summary>
/// A bundle of this folder, copied with the executable beside its hookrunner.yml. Each says in hookrunner.yml what the
/// scripts of a real bundle did; the application in it is made up.
/// </summary>
internal sealed class PortedBundle : IDisposable
{
    private static readonly string Folder = System.IO.Path.Join(Readme.Repository, "tests", "HookRunner.SystemTests", "Ported");

    private readonly string _root = Directory.CreateTempSubdirectory("hookrunner-").FullName;

    public PortedBundle(string name)
    {
        Path = System.IO.Path.Join(_root, name);
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Join(Folder, name), "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Join(Path, System.IO.Path.GetRelativePath(System.IO.Path.Join(Folder, name), file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        HookRunnerExecutable.PlaceAt(System.IO.Path.Join(Path, "hookrunner"));
    }

    /// <summary>The names of all, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. Directory.EnumerateDirectories(Folder).Select(folder => System.IO.Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public string Path { get; }

    /// <summary>Every step that a bundle's file declares, `use` and groups left out.</summary>
    public static ImmutableArray<StepDeclaration> Steps(string name) => StepsOf(File.ReadAllText(System.IO.Path.Join(Folder, name, "hookrunner.yml")));

    /// <summary>The same of a file's text.</summary>
    public static ImmutableArray<StepDeclaration> StepsOf(string text)
    {
        var file = HookFileReader.Load("hookrunner.yml", Encoding.UTF8.GetBytes(text), StepCatalog.All, new DiagnosticBag());
        return [.. FileSteps.All(file!).Where(step => step.Kind is not null)];
    }

    /// <summary>
    /// Puts programs in place that say how they were called, or, written `program=text`, say the text, before whatever
    /// this machine has by those names.
    /// </summary>
    public PortedBundle WithStandIns(params IEnumerable<string> programs)
    {
        foreach (var words in programs.Select(program => program.Split('=')))
        {
            WriteProgram($"stand-ins/{words[0]}", $"echo \"{(words.Length > 1 ? words[1] : $"called: {words[0]} $*")}\"");
        }

        var file = System.IO.Path.Join(Path, "hookrunner.yml");
        var text = File.ReadAllText(file);
        const string Line = "\npath: [\"${bundle}/stand-ins\"";
        File.WriteAllText(file, text.Contains("\npath: [", StringComparison.Ordinal)
            ? text.Replace("\npath: [", Line + ", ", StringComparison.Ordinal)
            : text + Line + "]\n");
        return this;
    }

    /// <summary>A shell script of the copied bundle.</summary>
    public void WriteProgram(string relative, string text)
    {
        var path = System.IO.Path.Join(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
