using HookRunner.Core.Checking;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Tests.Planning;

namespace HookRunner.Core.Tests.Checking;

public class BundlePathSpecs
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("./a/./b", "a/b")]
    [InlineData("a/../b", "b")]
    [InlineData("..", "..")]
    [InlineData("a/../../b", "../b")]
    [InlineData("../../b/..", "../..")]
    [InlineData("/", "")]
    public void A_path_has_one_normal_form(string path, string normal) => BundlePath.Normal(path).Should().Be(normal);

    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("/bundle/a", "a")]
    [InlineData("/bundle", "")]
    [InlineData("/bundled/a", null)]
    [InlineData("/etc/a", null)]
    [InlineData("../a", "../a")]
    public void A_path_is_in_the_bundle_or_elsewhere_on_the_host(string path, string? inside) => BundlePath.Inside(path, "/bundle").Should().Be(inside);

    [Theory]
    [InlineData("/opt/app", "/opt/app", true)]
    [InlineData("/opt/app/", "/opt/app", true)]
    [InlineData("/opt/app/x", "/opt/app/", true)]
    [InlineData("/opt/apple", "/opt/app", false)]
    [InlineData("/opt", "/opt/app", false)]
    public void A_path_lies_in_a_directory_by_whole_names(string path, string directory, bool isIn) => BundlePath.IsIn(path, directory).Should().Be(isIn);

    [Fact]
    public void Before_anything_runs_a_plans_sources_are_looked_for()
    {
        var plan = Planned.Of(
            """
            version: 1
            env_file: [common.env, { path: maybe.env, optional: true }]
            hooks:
              AfterInstall:
                - script: there.sh
                - { script: gone.sh, only: { event: ApplicationStart } }
                - script: gone.sh
                - script: /etc/elsewhere.sh
                - script: "${env.X}/later.sh"
                - script: ../out.sh
            """);
        var diagnostics = new DiagnosticBag();

        new SourceCheck(plan, path => path == "there.sh", diagnostics).Check();

        diagnostics.Sorted().Select(item => $"{item.Location.Line} {item.Message}").Should().Equal(
            "2 the bundle holds no `common.env`, which `env_file` names",
            "7 the bundle holds no `gone.sh`, which `script` names",
            "10 `../out.sh` leads out of the bundle");
    }
}
