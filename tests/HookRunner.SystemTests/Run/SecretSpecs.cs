using System.Text;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>A secret never shows, in whatever form a program prints it.</summary>
public class SecretSpecs
{
    private const string Secret = "s3cr3t/Wert+\"x\" y";

    [Fact]
    public void Values_of_a_secret_env_file_show_neither_to_the_agent_nor_in_any_file()
    {
        using var bundle = Bundle.Create("""
            version: 1
            env_file: [{ path: app.env, secret: true }]
            hooks:
              AfterInstall:
                - run: |
                    echo "plain $PASSWORD"
                    printf '%s' "$PASSWORD" | base64
                    printf 'x%s' "$PASSWORD" | base64
                    printf 'xy%s' "$PASSWORD" | base64
                    head=${PASSWORD%????????}; printf 'split %s' "$head"; sleep 0.3; printf '%s\n' "${PASSWORD#"$head"}"
                - run: echo "last $PASSWORD" >&2; exit 4
            """);
        bundle.Write("app.env", $"PASSWORD={Secret}\n", "600");

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(1, null));
        result.AllLines.Should().Contain("plain ***").And.Contain("split ***").And.Contain("  | last ***");
        foreach (var form in Forms())
        {
            result.Text.Should().NotContain(form);
            Everything(bundle.State).Should().NotContain(form);
        }
    }

    [Fact]
    public void A_secret_capture_and_a_masked_name_are_hidden_too()
    {
        using var bundle = Bundle.Create("""
            version: 1
            mask: ["*_TOKEN"]
            hooks:
              AfterInstall:
                - run: printf 'captured-%s' value
                  capture: ANSWER
                  secret: true
                - run: echo "[$ANSWER] [$API_TOKEN]"
                  env: { API_TOKEN: token-value }
            """);

        var result = bundle.Under18("AfterInstall");

        result.AllLines.Should().Contain("[***] [***]");
        Everything(bundle.State).Should().NotContain("captured-value").And.NotContain("token-value");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    public void Where_the_only_secret_is_too_short_to_hide_its_step_ends_as_any_other(string value)
    {
        using var bundle = Bundle.Create($$"""
            version: 1
            mask: [TOKEN]
            hooks:
              AfterInstall:
                - run: echo "[$TOKEN]"
                  env: { TOKEN: "{{value}}" }
            """);

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(0, null), result.Text);
        Everything(bundle.State).Should().Contain($"[{value}]");
    }

    [Fact]
    public void A_log_within_reach_of_a_secret_is_its_owners_while_the_step_runs()
    {
        using var bundle = Bundle.Create("""
            version: 1
            mask: [TOKEN]
            hooks:
              AfterInstall:
                - run: stat -Lc 'mode %a' /dev/stdout
                  env: { TOKEN: token-value }
            """);

        bundle.Under18("AfterInstall").AllLines.Should().Contain("mode 600");
    }

    [Fact]
    public void No_other_user_may_look_into_state_or_logs()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { AfterInstall: [{ run: echo x }] }");

        bundle.Under18("AfterInstall").Exit.Should().Be(new HookExit(0, null));

        Directory.EnumerateFileSystemEntries(bundle.State, "*", SearchOption.AllDirectories)
            .Where(path => (File.GetUnixFileMode(path) & (UnixFileMode)7) != 0)
            .Should().BeEmpty();
    }

    private static IEnumerable<string> Forms()
    {
        yield return Secret;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=')[..^1];
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Secret))[4..^4];
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + Secret))[4..^4];
    }

    private static string Everything(string folder) => string.Concat(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
}
