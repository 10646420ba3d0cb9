namespace HookRunner.Simulation.Sandboxing;

/// <summary>What is said where a machine does not allow namespaces of one's own.</summary>
internal static class SandboxRefusal
{
    private const string UbuntuSwitch = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

    public static string Text(SimulationRequest request, string reason) => $"""
        error: this machine does not let hookrunner make a private copy of itself: {reason}
            nothing was run{(IsRestricted ? "; root may: sudo hookrunner simulate ..." : "")}
            in a container that is thrown away, no copy is needed:
              docker run --rm -v {Quoted(request.Bundle)}:/bundle:ro {Container(request.Executable)} \
                simulate /bundle --group {Quoted(request.Group)} --no-sandbox --yes
            the same right here lets the hooks change this machine for real: --no-sandbox --yes
        """;

    private static bool IsRestricted => File.Exists(UbuntuSwitch) && File.ReadAllText(UbuntuSwitch).Trim() == "1";

    /// <summary>The native executable runs in any image; the other needs its folder and the runtime.</summary>
    private static string Container(RunningExecutable executable) => executable.Runtime is null
        ? $"-v {Quoted(executable.Path)}:/hookrunner:ro debian:stable-slim /hookrunner"
        : $"-v {Quoted(Path.GetDirectoryName(executable.Path)!)}:/hookrunner:ro mcr.microsoft.com/dotnet/runtime:10.0 /hookrunner/hookrunner";

    private static string Quoted(string word) =>
        word.AsSpan().ContainsAny(" \t'\"$&;|<>()*?`\\") ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'" : word;
}
