using System.Collections.Immutable;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>`files` of appspec.yml.</summary>
internal sealed class AppSpecFilesReader(AppSpecTexts texts)
{
    private static readonly string[] Keys = ["source", "destination"];

    public ImmutableArray<AppSpecFile> Read(YamlMap root)
    {
        var files = ImmutableArray.CreateBuilder<AppSpecFile>();
        foreach (var entry in Entries(root["files"]))
        {
            texts.WarnOfUnknownKeys(entry, "an entry of `files`", Keys);
            var (from, to) = (texts.Required(entry, "source", "an entry of `files`"), texts.Required(entry, "destination", "an entry of `files`"));
            if (from is null || to is null)
            {
                continue;
            }

            if (!to.StartsWith('/'))
            {
                texts.Diagnostics.Warning(entry["destination"]!.Location, $"`destination` is `{to}`, which each agent completes in its own way", "write an absolute path");
            }

            files.Add(new AppSpecFile(entry.Location, from, to));
        }

        return files.DrainToImmutable();
    }

    /// <summary>`files:` with nothing under it is taken as none by both agents.</summary>
    private IEnumerable<YamlMap> Entries(YamlNode? node) =>
        node is YamlScalar { IsEmpty: true } ? [] : texts.Mappings(node, "files");
}
