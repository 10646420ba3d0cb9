using System.Text.RegularExpressions;

namespace HookRunner.Core.Tests.Architecture;

/// <summary>What the compiler cannot hold us to.</summary>
public partial class RuleSpecs
{
    [Theory]
    [InlineData(@"\b(TODO|FIXME|HACK)\b", "what is open is an issue")]
    [InlineData(@"^\s*#(region|endregion)\b", "a file that needs regions is too long")]
    [InlineData(@"^\s*#pragma warning disable \w+\s*$", "a suppression states its reason")]
    [InlineData(@"^\s*//[^/].*[;{]\s*$", "code that is not wanted is deleted, not commented out")]
    [InlineData(@"\b(class|record|struct|interface)\s+\w*(Manager|Helper|Util|Utils)\b", "a name says what a thing does")]
    [InlineData(@"\bFile\.Move\(|\.Flush\(true\)|FlushToDisk\(", "the framework swallows the errors of rename and fsync")]
    [InlineData(@"\bSystem\.(Security\.Cryptography|Net\.Security|Net\.Http)\b", "they cost megabytes, and abort the process on a host without OpenSSL")]
    public void Sources_are_free_of(string pattern, string because)
    {
        var wrong = Matches(new Regex(pattern), Repository.Sources);

        wrong.Should().BeEmpty(because);
    }

    [Fact]
    public void Only_one_file_calls_the_C_library()
    {
        var others = Repository.Sources.Where(file => !IsLibc(file));

        Matches(new Regex(@"\b(LibraryImport|DllImport)\b"), others).Should().BeEmpty();
    }

    [Fact]
    public void Every_call_into_the_C_library_exists_in_glibc_2_17()
    {
        var words = File.ReadAllText(Path.Join(Repository.Root, "packaging/portable-link/glibc-2.17.syms")).Split([' ', '\n']).ToHashSet();

        var names = Repository.Sources.Where(IsLibc)
            .SelectMany(file => file.Code)
            .SelectMany(line => EntryPoint().Matches(line))
            .Select(match => match.Groups[1].Value);

        names.Should().NotBeEmpty().And.OnlyContain(name => words.Contains(name));
    }

    [Fact]
    public void What_runs_a_hook_never_uses_the_console()
    {
        var running = Repository.Sources.Where(file => file.Project != "HookRunner" || file.Folder == "" || file.Path.EndsWith("/RunCommand.cs", StringComparison.Ordinal));

        Matches(new Regex(@"\bConsole\."), running).Should().BeEmpty("while a program starts, descriptor 1 is that program's log");
    }

    [Fact]
    public void Every_project_has_its_lock_file()
    {
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories);

        projects.Should().OnlyContain(path => File.Exists(Path.Join(Path.GetDirectoryName(path), "packages.lock.json")));
    }

    private static bool IsLibc(SourceFile file) => file.Path.StartsWith("src/HookRunner.Host/Os/Libc", StringComparison.Ordinal);

    private static IEnumerable<string> Matches(Regex pattern, IEnumerable<SourceFile> files) => files
        .SelectMany(file => file.Lines
            .Select((line, index) => (line, index))
            .Where(item => pattern.IsMatch(item.line))
            .Select(item => $"{file}:{item.index + 1}: {item.line.Trim()}"));

    [GeneratedRegex("EntryPoint = \"(\\w+)\"")]
    private static partial Regex EntryPoint();
}
