using System.Collections.Immutable;

namespace HookRunner.Core.Deployment;

/// <summary>What the agent says of the deployment, or a person on the command line in its place.</summary>
internal sealed record DeploymentContext
{
    /// <summary>APPLICATION_NAME.</summary>
    public required string Application { get; init; }

    /// <summary>DEPLOYMENT_GROUP_NAME.</summary>
    public required string Group { get; init; }

    /// <summary>DEPLOYMENT_GROUP_ID; empty where unknown.</summary>
    public string GroupId { get; init; } = "";

    /// <summary>DEPLOYMENT_ID: <c>d-...</c>, or <c>local-...</c> under the agent's local command.</summary>
    public required string Deployment { get; init; }

    /// <summary>Absolute path of the bundle: the folder that holds hookrunner.yml.</summary>
    public required string Bundle { get; init; }

    /// <summary>BUNDLE_BUCKET, BUNDLE_KEY, BUNDLE_VERSION, BUNDLE_ETAG, BUNDLE_COMMIT: those that are set.</summary>
    public ImmutableSortedDictionary<string, string> Revision { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The absolute path of something that is read: as it is, or inside the bundle.</summary>
    public string InBundle(string path) => path.StartsWith('/') ? path : $"{Bundle.TrimEnd('/')}/{path}";
}
