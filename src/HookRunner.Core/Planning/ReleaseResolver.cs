using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning.Scopes;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>Reads `release:` with its defaults, and refuses places that would destroy each other.</summary>
internal sealed class ReleaseResolver(HookFile file, DeploymentContext deployment, DiagnosticBag diagnostics)
{
    private const string Where = "`release`";

    private const int MostKept = 1000;

    /// <summary>`release.link`; null after a reported mistake.</summary>
    public Template? Link(ReleaseDeclaration declaration, PlanScope scope)
    {
        var entries = declaration.Body.Entries.RemoveAll(entry => entry.Key != "link");
        var fields = new Fields(declaration.Body with { Entries = entries }, new FileTimeScope(scope, "`release.link`"), diagnostics);
        var link = fields.Destination("link");
        return link is { IsComplete: true, Text.Length: > 1 } ? link : null;
    }

    /// <summary>The whole block; null after a reported mistake.</summary>
    public ReleaseSettings? Read(ReleaseDeclaration declaration, string link, PlanScope scope)
    {
        var fields = new Fields(LanguageKeys.Release, declaration.Body, new FileTimeScope(scope, Where), diagnostics);
        var settings = new ReleaseSettings
        {
            Link = link,
            Staging = Text(fields.Destination("staging")),
            Source = Text(fields.Source("source")),
            Releases = Text(fields.Destination("releases")) ?? link + "-releases",
            Keep = fields.Count("keep", 1, MostKept) ?? 5,
            KeepFree = KeepFree(fields),
            Shared = Shared(fields),
            SharedDirectory = Text(fields.Destination("shared_dir")) ?? link + "-shared",
            Owner = fields.Owner("owner"),
            Mode = fields.Mode("mode"),
            Adopt = fields.Flag("adopt") ?? false,
        };
        new ReleasePlaces(settings, deployment.Bundle, file.State).Check(fields);
        return settings;
    }

    /// <summary>What stays open here rests on a mistake that is reported already.</summary>
    private static string? Text(Template? template) => template is { IsComplete: true } ? template.Text : null;

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
