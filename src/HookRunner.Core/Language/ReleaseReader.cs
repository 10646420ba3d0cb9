using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`release:`: its keys and the shapes of their values. What they come to is known with the plan.</summary>
internal static class ReleaseReader
{
    public static ReleaseDeclaration Read(YamlMap body, FileContext context)
    {
        var fields = new Fields(LanguageKeys.Release, body, context.Scope, context.Diagnostics);
        foreach (var path in new[] { "link", "staging", "releases", "shared_dir" })
        {
            fields.Destination(path);
        }

        fields.Source("source");
        fields.Count("keep", 1, 1000);
        fields.TextList("shared");
        fields.Owner("owner");
        fields.Mode("mode");
        fields.Flag("adopt");
        if (body["staging"] is not null && body["source"] is not null)
        {
            context.Diagnostics.Error(body.Find("source")!.KeyLocation, "`release` has `staging` and `source`; expected one of them");
        }

        return new ReleaseDeclaration(body.Location, body);
    }
}
