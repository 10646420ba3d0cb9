namespace HookRunner.SystemTests.Simulation;

/// <summary>The kinds that make and change files, where most owners of the machine cannot be named.</summary>
public class FileKindSpecs
{
    [SkippableFact]
    public void Without_root_what_belongs_to_others_is_copied_and_moved_all_the_same()
    {
        Namespaces.RequireForNobody();
        const string Documents = "/usr/share/doc";
        var directory = Directory.Exists(Documents) ? Directory.EnumerateDirectories(Documents).FirstOrDefault(path => Directory.EnumerateFiles(path).Any()) : null;
        Skip.If(directory is null, "needs a directory of root's with files in it");
        using var bundle = new ScriptBundle().WithAppSpec("hooks: { BeforeInstall: [{ location: hookrunner }] }");
        bundle.Write("hookrunner.yml", $$"""
            version: 1
            hooks:
              BeforeInstall:
                - copy: { from: {{directory}}, to: /opt/simulated-copy, keep: true }
                - copy: { from: {{directory}}, to: /opt/simulated-copy, keep: true }
                - move: { from: {{directory}}, to: /opt/simulated-move }
                - permissions: { path: /opt/simulated-move, file_mode: 0640, recursive: true }
            """);

        var result = (bundle.Call() with { AsNobody = true }).Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("to /opt/simulated-copy (already so)").And.Contain("to /opt/simulated-move (moved)");
        Directory.EnumerateFiles(directory!).Should().NotBeEmpty("it was a simulation");
    }
}
