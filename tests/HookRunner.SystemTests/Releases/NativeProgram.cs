using System.Diagnostics;

namespace HookRunner.SystemTests.Releases;

/// <summary>A small C program beside the tests, compiled once for each run of them.</summary>
internal static class NativeProgram
{
    private static readonly Dictionary<string, string> Built = [];

    /// <summary>Its path; the test is skipped where there is no compiler.</summary>
    public static string Of(string name, params string[] options)
    {
        Skip.If(!File.Exists("/usr/bin/gcc"), "needs gcc, to compile the test's own tools");
        Skip.If(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64, "x64 only");
        lock (Built)
        {
            return Built.TryGetValue(name, out var path) ? path : Built[name] = Compile(name, options);
        }
    }

    private static string Compile(string name, string[] options)
    {
        var output = Path.Join(Directory.CreateTempSubdirectory("hookrunner-tools-").FullName, name);
        using var compiler = Process.Start("gcc", ["-O1", "-Wall", "-o", output, Path.Join(AppContext.BaseDirectory, "Releases", name + ".c"), .. options]);
        compiler.WaitForExit();
        compiler.ExitCode.Should().Be(0);
        return output;
    }
}
