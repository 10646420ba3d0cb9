using System.Buffers;

namespace HookRunner.Host.Output;

/// <summary>Hides secrets in a stream of bytes, however it was split: what may be the start of one is held back until it is known.</summary>
internal sealed class MaskStream(SecretMask mask)
{
    // A form cut off by the end of the stream is hidden from this length on.
    private const int TellingPrefix = 8;

    private byte[] _bytes = [];
    private bool[] _isSecret = [];
    private int _held;
    private bool _endsMasked;

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var length = _held + input.Length;
        if (_bytes.Length < length)
        {
            Array.Resize(ref _bytes, length);
            Array.Resize(ref _isSecret, length);
        }

        input.CopyTo(_bytes.AsSpan(_held));
        _isSecret.AsSpan(_held, input.Length).Clear();
        var known = Mark(length);
        Emit(known, output);
        _held = length - known;
        _bytes.AsSpan(known, _held).CopyTo(_bytes);
        _isSecret.AsSpan(known, _held).CopyTo(_isSecret);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        if (_held >= TellingPrefix)
        {
            _isSecret.AsSpan(0, _held).Fill(true);
        }

        Emit(_held, output);
        _held = 0;
    }

    /// <summary>Marks every secret among the first bytes; how many of them cannot become part of one any more.</summary>
    private int Mark(int length)
    {
        var known = length;
        var bytes = _bytes.AsSpan(0, length);
        for (var place = mask.NextStart(bytes, 0); place >= 0; place = mask.NextStart(bytes, place + 1))
        {
            foreach (var form in mask.FormsFrom(bytes[place]))
            {
                var rest = bytes[place..];
                if (rest.StartsWith(form))
                {
                    _isSecret.AsSpan(place, form.Length).Fill(true);
                }
                else if (rest.Length < form.Length && form.AsSpan().StartsWith(rest))
                {
                    known = Math.Min(known, place);
                }
            }
        }

        return known;
    }

    private void Emit(int count, IBufferWriter<byte> output)
    {
        for (var place = 0; place < count;)
        {
            var isSecret = _isSecret[place];
            var run = _isSecret.AsSpan(place, count - place).IndexOf(!isSecret) is var end and >= 0 ? end : count - place;
            if (!isSecret)
            {
                output.Write(_bytes.AsSpan(place, run));
            }
            else if (!_endsMasked)
            {
                output.Write(SecretMask.Replacement);
            }

            _endsMasked = isSecret;
            place += run;
        }
    }
}
