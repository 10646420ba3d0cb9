using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Texts as C has them: an array of pointers with a null at its end.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly nint[] _texts;

    public NativeTexts(IEnumerable<string> texts)
    {
        _texts = [.. texts.Select(Marshal.StringToCoTaskMemUTF8)];
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_texts.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < _texts.Length; i++)
        {
            Pointer[i] = (byte*)_texts[i];
        }
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        foreach (var text in _texts)
        {
            Marshal.FreeCoTaskMem(text);
        }
    }
}
