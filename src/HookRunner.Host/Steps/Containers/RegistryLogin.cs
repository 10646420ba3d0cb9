using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {login: REGISTRY}`. The password goes to the engine's stdin and nowhere else.</summary>
internal sealed record RegistryLogin : HostAction
{
    private const long LongestPassword = 64 * 1024;

    public required string? Engine { get; init; }

    public required Template Registry { get; init; }

    public Template? User { get; init; }

    public Template? Password { get; init; }

    public Template? PasswordFile { get; init; }

    public override string Subject => $"login {Registry}";

    public override string Describe() => Password is null && PasswordFile is null
        ? $"log in to {Registry} with a password of the AWS CLI"
        : $"log in to {Registry} as {User} with {(PasswordFile is null ? "a password" : $"the password in {PasswordFile}")}";

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(ContainerAction.Kind.Name))
        {
            return ContainerAction.Record(run, this);
        }

        if (ContainerEngine.Find(run, Engine, out var failure) is not { } engine || FindPassword(run, out failure) is not { } password)
        {
            return failure!;
        }

        run.Hide([password], []);
        using var file = NamelessFile.Of(password, out var errno);
        if (file is null)
        {
            return new StepOutcome.Failed($"cannot make a file in memory for the password: {Errno.Describe(errno)}");
        }

        ImmutableArray<string> words =
        [
            "sh", "-c", "exec \"$@\" < \"$0\"", file.Path,
            engine.Program, "login", "--username", User?.Text ?? "AWS", "--password-stdin", Registry.Text,
        ];
        var report = engine.Run(words, run.Deadline.Remaining);
        return EngineFailure.Of(run, report, $"{engine.Program} login") ?? new StepOutcome.Succeeded($"logged in to {Registry.Text}");
    }

    /// <summary>Null after a reported mistake.</summary>
    public static RegistryLogin? Read(StepFields fields, string? engine)
    {
        var action = new RegistryLogin
        {
            Engine = engine,
            Registry = fields.RequiredText("login"),
            User = fields.Text("user"),
            Password = fields.Text("password"),
            PasswordFile = fields.Source("password_file"),
        };
        return ContainerRules.Each(fields, [action.Registry], HostMistake) & action.CheckPassword(fields) ? action : null;
    }

    private bool CheckPassword(StepFields fields)
    {
        if (fields.Node("password") is YamlScalar written && !written.Text.Contains("${", StringComparison.Ordinal))
        {
            fields.Error("password", "a password does not belong into a file of the bundle",
                "take it from a variable (`\"${env.REGISTRY_PASSWORD}\"`, which `config` or an `env_file` sets), or from a `password_file` of the host");
            return false;
        }

        var hasPassword = Password is not null || PasswordFile is not null;
        var mistake = Password is not null && PasswordFile is not null ? "`login` has `password` and `password_file`; expected one of them"
            : hasPassword && User is null ? "a password needs its `user`"
            : !hasPassword && User is not null ? "`user` needs `password` or `password_file`"
            : !hasPassword && Registry.IsComplete && EcrRegistry.Of(Registry.Text) is null && !SimulatedText.IsIn(Registry.Text)
                ? $"`{Registry}` is no registry of ECR; expected `user` and `password` or `password_file` beside it"
            : null;
        if (mistake is not null)
        {
            fields.Error("login", mistake);
        }

        return mistake is null;
    }

    private static string? HostMistake(string host) => host.Contains("://", StringComparison.Ordinal) || host.Contains('/', StringComparison.Ordinal)
        ? $"`{host}` is no host name; expected a registry such as `registry.example.com`, without `https://` and without an image"
        : host.Length == 0 || host[0] == '-' || host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? $"`{host}` is no host name; expected a registry such as `registry.example.com`"
            : null;

    private string? FindPassword(StepRun run, out StepOutcome? failure)
    {
        failure = null;
        if (Password is not null)
        {
            return Password.Text;
        }

        return PasswordFile is { } file ? ReadPassword(run.InBundle(file.Text), out failure) : AskAws(run, out failure);
    }

    private static string? ReadPassword(string path, out StepOutcome? failure)
    {
        try
        {
            failure = new FileInfo(path).Length > LongestPassword ? new StepOutcome.Failed($"password_file {path} is larger than 64 KiB") : null;
            return failure is null ? File.ReadAllText(path).TrimEnd('\r', '\n') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = new StepOutcome.Failed($"password_file {path} cannot be read: {e.Message}");
            return null;
        }
    }

    private string? AskAws(StepRun run, out StepOutcome? failure)
    {
        if (EcrRegistry.Of(Registry.Text) is not { } ecr)
        {
            failure = new StepOutcome.Failed($"`{Registry}` is no registry of ECR, and there is no `user` and password for it");
            return null;
        }

        var call = new AwsCall
        {
            Service = ecr.Service,
            Words = ["get-login-password"],
            What = $"a password of {Registry.Text}",
            Name = $"arn:aws:{ecr.Service}:{ecr.Region}:",
            Permission = $"{ecr.Service}:GetAuthorizationToken",
            Resource = "*",
            Most = (int)LongestPassword,
        };
        return new AwsCli(run, run.Deadline).Ask(call, out failure) is { } answer ? Encoding.UTF8.GetString(answer).Trim() : null;
    }
}
