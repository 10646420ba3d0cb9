using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>What the agent's Install does to the places that hookrunner.yml names: it removes and writes files one by one.</summary>
internal sealed class InstallCheck(BundleUnderCheck bundle, DiagnosticBag diagnostics)
{
    public void Check()
    {
        if (bundle.AppSpec is not { } appSpec)
        {
            return;
        }

        foreach (var file in appSpec.Files)
        {
            CheckSource(file);
            CheckLink(file);
        }

        CheckStaging(appSpec);
        foreach (var link in FileSteps.All(bundle.File).Where(step => step.Kind?.Name == "link"))
        {
            CheckSeedForm(link, appSpec);
        }
    }

    private void CheckSource(AppSpecFile file)
    {
        if (BundlePath.Normal(file.Source) is { Length: > 0 } path && bundle.Entry(path) is null)
        {
            diagnostics.Error(file.Location, $"the bundle holds no `{file.Source}`; Install would fail");
        }
    }

    /// <summary>The agent resolves no links: it would remove and write the files of the live release.</summary>
    private void CheckLink(AppSpecFile file)
    {
        if (Literal("link") is { } link && BundlePath.IsIn(file.Destination, link))
        {
            diagnostics.Error(file.Location, $"Install writes through the link `{link}` into the live release, file by file",
                $"let `destination` be {(Literal("staging") is { } staging ? $"`{staging}`" : "a staging directory, named by `release.staging`")}");
        }
    }

    private void CheckStaging(AppSpec appSpec)
    {
        if (Literal("staging") is { } staging && !appSpec.Files.Any(file => BundlePath.IsIn(file.Destination, staging)))
        {
            diagnostics.Warning(bundle.File.Release!.Body["staging"]!.Location, $"no `files` of {appSpec.Source.Path} installs into `{staging}`, so there is nothing to stage",
                $"write `destination: {staging}` there, or use `source:` for a directory of the bundle");
        }
    }

    private void CheckSeedForm(StepDeclaration step, AppSpec appSpec)
    {
        if (step.Value is not YamlMap body || Text(body, "to") is not { } target || Text(body, "path") is not { } path
            || !appSpec.Files.Any(file => BundlePath.IsIn(file.Destination, target)))
        {
            return;
        }

        diagnostics.Warning(step.Location, $"from the second deployment on, Install rewrites `{target}` behind the link `{path}`, file by file",
            $"write `release: {{ link: {path}, staging: {target} }}`, and in place of this step `- release: stage` and `- release: activate`");
    }

    private string? Literal(string key) => bundle.File.Release is { } release ? Text(release.Body, key) : null;

    private static string? Text(YamlMap body, string key) =>
        body[key] is YamlScalar scalar && !scalar.Text.Contains("${", StringComparison.Ordinal) ? scalar.Text.TrimEnd('/') : null;
}
