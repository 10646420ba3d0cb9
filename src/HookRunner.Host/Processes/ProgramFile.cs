using System.Buffers.Binary;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>What the kernel makes of a program's file, read from its first bytes. A closed set.</summary>
internal abstract record ProgramFile
{
    // binfmt_script reads no further for the #! line; an ELF's program headers follow its header at once.
    private const int HeaderSize = 4096;

    private ProgramFile()
    {
    }

    internal sealed record Empty : ProgramFile;

    /// <summary>Starts with `#!`. <paramref name="EndsWithCarriageReturn"/>: the line was written on Windows.</summary>
    internal sealed record Script(string Interpreter, bool EndsWithCarriageReturn) : ProgramFile;

    /// <summary>A binary for <paramref name="Machine"/> (a name such as `x86_64`), started through <paramref name="Loader"/>.</summary>
    internal sealed record Binary(string Machine, bool IsForThisHost, string? Loader) : ProgramFile;

    /// <summary>Text without a `#!` line, as far as its start tells.</summary>
    internal sealed record Text : ProgramFile;

    internal sealed record Unknown : ProgramFile;

    public static ProgramFile Read(string path)
    {
        Span<byte> buffer = stackalloc byte[HeaderSize];
        var header = ProcFile.Read(path, buffer);
        if (header.IsEmpty)
        {
            return FileStatus.Followed(path, out var status) is null && status.Size == 0 ? new Empty() : new Unknown();
        }

        return header.StartsWith("#!"u8) ? ReadScript(header[2..])
            : header.StartsWith("\u007fELF"u8) ? ReadBinary(header)
            : header.Contains((byte)0) ? new Unknown() : new Text();
    }

    private static Script ReadScript(ReadOnlySpan<byte> header)
    {
        var line = header.IndexOf((byte)'\n') is var end and >= 0 ? header[..end] : header;
        var interpreter = line.Trim(" \t"u8);
        interpreter = interpreter.IndexOfAny((byte)' ', (byte)'\t') is var blank and >= 0 ? interpreter[..blank] : interpreter;
        return new Script(Encoding.UTF8.GetString(interpreter.TrimEnd((byte)'\r')), line.EndsWith((byte)'\r'));
    }

    // elf(5): e_machine at 18; the program headers' place, size and count at 32, 54 and 56; PT_INTERP is type 3.
    private static ProgramFile ReadBinary(ReadOnlySpan<byte> header)
    {
        if (header.Length < 64)
        {
            return new Unknown();
        }

        var machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        var is64Bit = header[4] == 2;
        return new Binary(ElfMachine.Name(machine), is64Bit && machine == ElfMachine.ThisHost, is64Bit ? FindLoader(header) : null);
    }

    private static string? FindLoader(ReadOnlySpan<byte> header)
    {
        const int Interpreter = 3;
        var place = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), int.MaxValue / 2);
        var (size, count) = (BinaryPrimitives.ReadUInt16LittleEndian(header[54..]), BinaryPrimitives.ReadUInt16LittleEndian(header[56..]));
        for (var index = 0; index < count && place + 56 <= header.Length; index++, place += size)
        {
            var entry = header[place..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) == Interpreter
                && BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]) is var start && start < (ulong)header.Length)
            {
                var name = header[(int)start..];
                return Encoding.UTF8.GetString(name[..Math.Max(0, name.IndexOf((byte)0))]);
            }
        }

        return null;
    }
}
