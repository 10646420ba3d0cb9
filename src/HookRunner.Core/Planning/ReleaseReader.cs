using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>Reads `release:` with its defaults, and refuses places that would destroy each other.</summary>
internal sealed class ReleaseReader(HookFile file, DeploymentContext deployment, DiagnosticBag diagnostics)
{
    private const string Where = "`release`";

    private const int MostKept = 1000;

    /// <summary>`release.link`; null after a reported mistake.</summary>
    public Template? Link(ReleaseDeclaration declaration, IVariableScope scope)
    {
        var entries = declaration.Body.Entries.RemoveAll(entry => entry.Key != "link");
        var fields = new Fields(ReleaseBlock.Link, declaration.Body with { Entries = entries }, new FileTimeScope(scope, "`release.link`"), diagnostics);
        var link = fields.Destination("link");
        return link is { IsComplete: true, Text.Length: > 1 } ? link : null;
    }

    /// <summary>The whole block; null after a reported mistake.</summary>
    public ReleaseSettings? Read(ReleaseDeclaration declaration, string link, IVariableScope scope)
    {
        var fields = new Fields(ReleaseBlock.Table, declaration.Body, new FileTimeScope(scope, Where), diagnostics);
        var settings = new ReleaseSettings
        {
            Link = link,
            Staging = fields.Destination("staging")?.Text,
            Source = fields.Source("source")?.Text,
            Releases = fields.Destination("releases")?.Text ?? link + "-releases",
            Keep = fields.Count("keep", 1, MostKept) ?? 5,
            KeepFree = KeepFree(fields),
            Shared = Shared(fields),
            SharedDirectory = fields.Destination("shared_dir")?.Text ?? link + "-shared",
            Owner = fields.Owner("owner"),
            Mode = fields.Mode("mode"),
            Adopt = fields.Flag("adopt") ?? false,
        };
        if (settings.Staging is not null && settings.Source is not null)
        {
            fields.Error("source", "`release` has both `staging` and `source`", "keep one: `staging` is what Install fills, `source` a directory of the bundle");
        }

        new ReleasePlaces(settings, deployment.Bundle, file.State).Check(fields);
        return settings;
    }

    private static long? KeepFree(Fields fields)
    {
        if (fields.Text("keep_free") is not { IsComplete: true } text)
        {
            return null;
        }

        if (ByteCount.TryParse(text.Text, out var bytes))
        {
            return bytes;
        }

        fields.Error("keep_free", $"`keep_free` is `{text}`; expected {ByteCount.Expected}");
        return null;
    }

    private static ImmutableArray<string> Shared(Fields fields)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (var template in fields.TextList("shared").Where(template => template.IsComplete))
        {
            var path = template.Text;
            if (path.Length == 0 || path.StartsWith('/') || path.Split('/').Any(part => part is ".." or "."))
            {
                fields.Diagnostics.Error(template.Location, $"`shared` holds `{path}`; expected a path inside the release, such as `log` or `public/uploads`");
            }
            else
            {
                paths.Add(path);
            }
        }

        return paths.DrainToImmutable();
    }
}
