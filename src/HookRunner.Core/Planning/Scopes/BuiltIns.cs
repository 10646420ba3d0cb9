using HookRunner.Core.Deployment;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>The names that hookrunner itself gives a meaning (LANGUAGE section 2), for one event of one deployment.</summary>
internal sealed record BuiltIns
{
    public required DeploymentContext Deployment { get; init; }

    public required PlanMoment Moment { get; init; }

    public required string Application { get; init; }

    public required string Environment { get; init; }

    public required string Roles { get; init; }

    public bool HasRelease { get; init; }

    /// <summary>`release.link`, or why it may not be used.</summary>
    public required VariableValue Link { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? LinkPath => (Link as VariableValue.Known)?.Text;

    public static VariableValue NoRelease(string name) => new VariableValue.Undefined(
        $"`${{{name}}}` needs a `release:` block, and there is none",
        "write `release: { link: /opt/myapp, ... }` at the top level");

    /// <summary>Null where the name is none of ours.</summary>
    public VariableValue? Find(string name) => name switch
    {
        "environment" => new VariableValue.Known(Environment),
        "roles" => new VariableValue.Known(Roles),
        "event" => new VariableValue.Known(Moment.Name),
        "application" => new VariableValue.Known(Application),
        "group" => new VariableValue.Known(Deployment.Group),
        "group_id" => new VariableValue.Known(Deployment.GroupId),
        "deployment" => new VariableValue.Known(Deployment.Deployment),
        "bundle" => new VariableValue.Known(Deployment.Bundle),
        "link" => Link,
        _ => name.Contains('.', StringComparison.Ordinal) ? FindDotted(name) : null,
    };

    private VariableValue? FindDotted(string name)
    {
        if (!BuiltInNames.Contains(name))
        {
            return null;
        }

        return HasRelease || !name.StartsWith("release.", StringComparison.Ordinal) ? VariableValue.Late.Value : NoRelease(name);
    }
}
