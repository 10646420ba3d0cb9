namespace HookRunner.Simulation.Sandboxing;

/// <summary>What is said where a machine does not allow namespaces of one's own.</summary>
internal static class SandboxRefusal
{
    private const string UbuntuSwitch = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

    public static string Text(SimulationRequest request, string reason) => $"""
        error: this machine does not let hookrunner make a private copy of itself: {reason}
            nothing was run{(IsRestricted ? "; as root it can be allowed: sudo hookrunner simulate ..." : "")}
            in a container that is thrown away, no copy is needed:
              docker run --rm -v {request.Bundle}:/bundle:ro -v {request.Executable.Path}:/usr/local/bin/hookrunner:ro debian:stable-slim \
                hookrunner simulate /bundle --group {request.Group} --no-sandbox --yes
            the same right here lets the hooks change this machine for real: --no-sandbox --yes
        """;

    private static bool IsRestricted => File.Exists(UbuntuSwitch) && File.ReadAllText(UbuntuSwitch).Trim() == "1";
}
