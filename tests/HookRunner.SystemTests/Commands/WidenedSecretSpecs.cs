using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Commands;

public class WidenedSecretSpecs
{
    [Theory]
    [InlineData("config: { s3: s3://b/k, to: /srv/app/.env }", "path: /srv/app, recursive: true, file_mode: 0644", "/srv/app/.env")]
    [InlineData("config: { ssm: /a, to: /srv/app/.env, mode: 0640 }", "path: [/srv/other, /srv/app/], recursive: true, file_mode: a+r", "/srv/app/.env")]
    [InlineData("file: { path: /srv/app/key, content: x, mode: 0600 }", "path: /srv/app, recursive: true, file_mode: g+r", "/srv/app/key")]
    [InlineData("copy: { from: /etc/app.env, to: /srv/app/.env, mode: 0600 }", "path: /srv/app, recursive: true, file_mode: 0755", "/srv/app/.env")]
    [InlineData("steps: [{ config: { s3: s3://b/k, to: /srv/app/.env } }]", "path: /srv/app, recursive: true, file_mode: 0644", "/srv/app/.env")]
    public void Modes_that_open_a_file_written_for_fewer_are_warned_of(string first, string then, string opened) =>
        Check(first, $"permissions: {{ {then} }}").Should().Contain($"opens `{opened}`, which a step before this one writes for fewer").And.EndWith("0 errors, 1 warning\n");

    [Theory]
    [InlineData("permissions: { path: /srv/app, recursive: true, file_mode: 0644 }", "config: { s3: s3://b/k, to: /srv/app/.env }")]
    [InlineData("config: { s3: s3://b/k, to: /srv/app/.env }", "permissions: { path: /srv/app, recursive: true, file_mode: 0600 }")]
    [InlineData("config: { s3: s3://b/k, to: /srv/app/.env, mode: 0640 }", "permissions: { path: /srv/app, recursive: true, file_mode: 0640 }")]
    [InlineData("config: { s3: s3://b/k, to: /srv/app/.env }", "permissions: { path: /srv/app, file_mode: 0644 }")]
    [InlineData("config: { s3: s3://b/k, to: /srv/app/.env }", "permissions: { path: /srv/app, recursive: true, dir_mode: 0755 }")]
    [InlineData("config: { s3: s3://b/k, to: /srv/apple/.env }", "permissions: { path: /srv/app, recursive: true, file_mode: 0644 }")]
    [InlineData("file: { path: /srv/app/page, content: x }", "permissions: { path: /srv/app, recursive: true, file_mode: 0644 }")]
    public void Others_are_not(string first, string then) => Check(first, then).Should().EndWith("0 errors, 0 warnings\n");

    private static string Check(string first, string then)
    {
        using var bundle = Bundle.Create($"version: 1\nhooks:\n  AfterInstall:\n    - {first}\n    - {then}\n");
        return Command.Run("/", "check", bundle.Archive).Text;
    }
}
