using System.Diagnostics;

namespace HookRunner.SystemTests.Releases;

public sealed class OldReleaseSpecs : IDisposable
{
    private readonly Site _site = new(hooks: "  AfterInstall: [{ release: stage }, { release: activate }]\n  ValidateService: [{ exec: [/bin/true] }]");

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task What_was_not_restarted_is_named_when_the_deployment_is_over()
    {
        _site.Deploy("d-1");
        using var server = Process.Start(new ProcessStartInfo("/bin/sleep", "600") { WorkingDirectory = _site.At("site/app") })!;
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{server.Id}/comm") == "sleep\n", TimeSpan.FromSeconds(20)).Should().BeTrue();
        _site.Deploy("d-2");
        _site.Output.Should().NotContain("not restarted");

        _site.Run("ValidateService", "d-2").Should().Be(0, _site.Output);
        server.Kill();
        await server.WaitForExitAsync();

        _site.Output.Should().MatchRegex($@"warning: not restarted: sleep \(pid {server.Id}.*\) works in it, in the old release d-1");
        _site.Run("ValidateService", "d-2").Should().Be(0, _site.Output);
        _site.Output.Should().NotContain("not restarted");
    }
}
