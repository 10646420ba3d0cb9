using System.Diagnostics.CodeAnalysis;
using HookRunner.Core.Planning;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Execution;

/// <summary>What `${}` means when a step starts: everything is known now, or it is a mistake to use it.</summary>
/// <param name="context">Of the event.</param>
/// <param name="step">Whose values they are.</param>
/// <param name="deadline">How long the instance may be asked.</param>
internal sealed class LateValues(EventContext context, PlannedStep step, Deadline deadline) : IVariableScope
{
    private const string InstancePrefix = "instance.";

    private IReadOnlyList<(string Name, string Value)>? _environment;
    private bool _isReadingFiles;
    private bool _isUnread;

    public VariableValue Find(string name)
    {
        if (context.Simulation.Values.TryGetValue(name, out var given))
        {
            return new VariableValue.Known(given);
        }

        return name switch
        {
            "release.dir" => Release(context.Releases.Directory, "no release directory is chosen in this event"),
            "release.live" => Release(context.Releases.Live, $"nothing is at the link {context.Plan.Release?.Link} yet"),
            "release.previous" => Release(context.Releases.Previous, "there is no previous release"),
            _ when TryPrefix(name, "env.", out var variable) => Environment(variable),
            _ when TryPrefix(name, InstancePrefix, out var asked) => Instance(asked),
            _ => new VariableValue.Undefined($"`${{{name}}}` is not defined"),
        };
    }

    private static VariableValue Release(string? value, string why) => value is null
        ? new VariableValue.Undefined(why, "guard the step with `unless: first_release`")
        : new VariableValue.Known(value);

    /// <summary>A simulation is not this instance: what was not given by `--set` stands as its name.</summary>
    private VariableValue Instance(string name) => context.Simulation.IsOn
        ? new VariableValue.Known($"<{InstancePrefix}{name}>")
        : context.Instance.Find(name, new Patience(deadline, context.Signals.Token));

    private VariableValue Environment(string name)
    {
        var found = Visible().LastOrDefault(pair => pair.Name == name);
        return found.Name is null && _isUnread
            ? new VariableValue.Known(context.Simulation.Values.GetValueOrDefault(name) ?? $"<{name}>")
            : found.Name is null
            ? new VariableValue.Undefined($"`${{env.{name}}}` is not set when this step starts",
                "it must come from the agent, an `env_file` of the step, or an earlier `capture:`")
            : new VariableValue.Known(found.Value);
    }

    /// <summary>What a command of the step would see before its `env:`: later wins.</summary>
    private IReadOnlyList<(string Name, string Value)> Visible()
    {
        if (_environment is not null || _isReadingFiles)
        {
            return _environment ?? [.. StepEnvironment.AgentVariables(context.Plan)];
        }

        _isReadingFiles = true;
        var files = EnvironmentFiles.Read(step.Program.EnvironmentFiles, context.Plan.Deployment.Bundle, this);
        foreach (var secret in files.Secrets)
        {
            context.Relay.Mask.Add(secret);
        }

        _environment =
        [
            .. StepEnvironment.AgentVariables(context.Plan),
            .. files.Values,
            .. context.Values.Captured.Select(pair => (pair.Key, pair.Value)),
        ];
        _isUnread = context.Simulation.IsOn && files.IsUnread;
        _isReadingFiles = false;
        return _environment;
    }

    private static bool TryPrefix(string name, string prefix, [NotNullWhen(true)] out string? rest)
    {
        rest = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
        return rest is not null;
    }
}
