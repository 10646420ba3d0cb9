using System.Text.RegularExpressions;

namespace HookRunner.Core.Tests.Architecture;

/// <summary>One source file.</summary>
/// <param name="Path">From the repository's root: src/PROJECT/FOLDER/.../NAME.cs.</param>
internal sealed partial record SourceFile(string Path, string[] Lines)
{
    public string Project => Path.Split('/')[1];

    /// <summary>The folder of the project that it is in, at whatever depth; empty beside the project file.</summary>
    public string Folder => Path.Split('/') is [_, _, var folder, _, ..] ? folder : "";

    /// <summary>Lines without comments; texts stay.</summary>
    public IEnumerable<string> Code => Lines.Select(line => Comment().Replace(line, ""));

    /// <summary>Folders of the same project that it names, by a using directive or in a qualified name.</summary>
    public IEnumerable<string> FoldersUsed()
    {
        var prefix = Project == "HookRunner" ? @"HookRunner\." : $@"(?:HookRunner\.)?{Project["HookRunner.".Length..]}\.";
        var name = new Regex($@"(?<![\w.]){prefix}(\w+)(?=[.;])");
        return Code.Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .SelectMany(line => name.Matches(line))
            .Select(match => match.Groups[1].Value)
            .Where(folder => Project != "HookRunner" || folder is not ("Core" or "Host"))
            .Distinct(StringComparer.Ordinal);
    }

    public override string ToString() => Path;

    [GeneratedRegex(@"(?<!:)//.*$")]
    private static partial Regex Comment();
}
