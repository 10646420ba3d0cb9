using System.Buffers;
using System.Text;
using System.Text.Unicode;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Bytes of a file to text: UTF-8 and nothing else, at most <see cref="Largest"/>, a byte order mark dropped.</summary>
internal static class YamlBytes
{
    /// <summary>1 MiB: far above any file a person writes, and the bound of what reading one may cost.</summary>
    public const int Largest = 1 << 20;

    /// <summary>Null after a reported mistake.</summary>
    public static SourceText? Decode(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (bytes.Length > Largest)
        {
            diagnostics.Error(new SourceText(path, "").At(0), $"the file has {bytes.Length} bytes; at most {Largest} (1 MiB) are read");
            return null;
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            diagnostics.Error(new SourceText(path, "").At(0), "the file is UTF-16; expected UTF-8", "save it as UTF-8");
            return null;
        }

        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        var buffer = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, buffer, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            var valid = new SourceText(path, new string(buffer, 0, written) + '\uFFFD');
            diagnostics.Error(valid.At(written), $"byte 0x{bytes[read]:X2} is no UTF-8", "save the file as UTF-8");
            return null;
        }

        return new SourceText(path, new string(buffer, 0, written));
    }
}
