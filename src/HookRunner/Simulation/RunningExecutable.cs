using System.Runtime.InteropServices;

namespace HookRunner.Simulation;

/// <summary>The executable that runs now: what takes the place of one that a bundle lacks.</summary>
/// <param name="Path">Absolute, without links.</param>
/// <param name="Runtime">DOTNET_ROOT, where this is a build that needs the shared framework; null for the native one.</param>
internal sealed record RunningExecutable(string Path, string? Runtime)
{
    public static RunningExecutable Find()
    {
        var program = RealPath.Of(Environment.ProcessPath ?? "/proc/self/exe");
        var assembly = System.IO.Path.Join(AppContext.BaseDirectory, "hookrunner.dll");
        if (!File.Exists(assembly))
        {
            return new RunningExecutable(program, null);
        }

        // `dotnet hookrunner.dll` runs the shared host; the launcher that was built beside the assembly is what a bundle can name.
        var launcher = System.IO.Path.Join(AppContext.BaseDirectory, "hookrunner");
        var runtime = System.IO.Path.GetFullPath(System.IO.Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new RunningExecutable(RealPath.Of(launcher), runtime);
    }
}
