using System.Collections.Immutable;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Script;

/// <summary>What a script's file turned out to be: read from its first bytes, before anything is started.</summary>
internal abstract record ScriptFile
{
    private ScriptFile()
    {
    }

    /// <summary>A text with a `#!` line.</summary>
    /// <param name="Interpreter">The program of the first line, as written.</param>
    /// <param name="Option">Its one argument: all that follows on the line, as the kernel passes it (execve(2)).</param>
    /// <param name="Notes">Oddities that do not stop it.</param>
    internal sealed record Interpreted(string Interpreter, string? Option, ImmutableArray<string> Notes) : ScriptFile;

    /// <summary>A text without a `#!` line: `sh` runs it.</summary>
    internal sealed record Bare(ImmutableArray<string> Notes) : ScriptFile;

    /// <summary>An executable that is no text; it is started itself.</summary>
    internal sealed record Binary : ScriptFile;

    /// <summary>It cannot be run.</summary>
    internal sealed record Unusable(string Reason, string? Remedy = null) : ScriptFile;

    /// <summary>Looks at the file's head: 4 KiB hold every `#!` line a kernel takes.</summary>
    public static ScriptFile Inspect(string path)
    {
        if (FileStatus.Followed(path, out var status) is { } error)
        {
            return error.Number is Errno.ENOENT or Errno.ENOTDIR
                ? new Unusable($"`{path}` is not there", "a script's path is relative to the bundle; is the file in the revision?")
                : new Unusable($"cannot read the script: {error}");
        }

        if (!status.IsFile)
        {
            return new Unusable($"`{path}` is {(status.IsDirectory ? "a directory" : "no file")}; expected a script");
        }

        byte[] head;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var buffer = new byte[4096];
            head = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Unusable($"cannot read `{path}`: {e.Message}");
        }

        return Judge(path, head, (status.Permissions & 0b001_001_001) != 0);
    }

    /// <summary>The same from what was read already.</summary>
    public static ScriptFile Judge(string path, ReadOnlySpan<byte> head, bool isExecutable)
    {
        if (head.StartsWith("\u007fELF"u8) || head.Contains((byte)0))
        {
            return isExecutable ? new Binary() : new Unusable(
                $"`{path}` is a binary without the x bit",
                "set it in the bundle: `chmod +x`, or `git update-index --chmod=+x`");
        }

        if (head.StartsWith("\ufeff"u8))
        {
            return new Unusable($"`{path}` begins with a byte order mark, which hides its `#!` line", "save it as UTF-8 without one");
        }

        var end = head.IndexOf((byte)'\n');
        var first = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);
        if (first.StartsWith("!/", StringComparison.Ordinal))
        {
            return new Unusable($"`{path}` begins with `{first.Trim()}`", $"write `#{first.Trim()}`");
        }

        var notes = isExecutable ? ImmutableArray<string>.Empty : [$"{path} has no x bit; its interpreter is started with it all the same"];
        return first.StartsWith("#!", StringComparison.Ordinal)
            ? Shebang(path, first, notes)
            : first.EndsWith('\r') ? WindowsLines(path) : new Bare(notes);
    }

    private static ScriptFile Shebang(string path, string first, ImmutableArray<string> notes)
    {
        var line = first[2..].Trim(' ', '\t', '\r');
        var blank = line.AsSpan().IndexOfAny(' ', '\t');
        var interpreter = blank < 0 ? line : line[..blank];
        var option = blank < 0 ? null : line[blank..].Trim(' ', '\t');
        if (interpreter.Length == 0)
        {
            return new Unusable($"`{path}` has a `#!` line that names no interpreter", "write `#!/bin/bash`");
        }

        if (!first.EndsWith('\r'))
        {
            return new Interpreted(interpreter, option, notes);
        }

        return ShellName.Of(interpreter, option) is not null
            ? WindowsLines(path)
            : new Interpreted(interpreter, option, notes.Add($"{path} has Windows line ends (CRLF)"));
    }

    private static Unusable WindowsLines(string path) => new(
        $"`{path}` has Windows line ends (CRLF), which a shell takes as part of its words",
        "convert it: `sed -i 's/\\r$//' FILE`, and keep it so by `*.sh text eol=lf` in .gitattributes");
}
