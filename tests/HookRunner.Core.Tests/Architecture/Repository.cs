using System.Collections.Immutable;

namespace HookRunner.Core.Tests.Architecture;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Every C# file below src.</summary>
    public static ImmutableArray<SourceFile> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Join(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Join(Root, path)))),
    ];

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "HookRunner.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no HookRunner.sln above the tests");
        }

        return folder;
    }
}
