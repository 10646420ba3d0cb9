using System.Buffers;
using System.Text;

namespace HookRunner.Host.Output;

/// <summary>
/// Knows the secrets of a run and hides them in whatever is about to be shown: as they are, and as base64, URLs, JSON and
/// shells write them. Costs nothing while there is none.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>Shorter values are not hidden: half of every text would be.</summary>
    public const int ShortestSecret = 4;

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly List<byte[]>?[] _byFirst = new List<byte[]>?[256];
    private bool[] _pairs = [];

    public bool IsEmpty => Longest == 0;

    /// <summary>Bytes of the longest form of a secret.</summary>
    public int Longest { get; private set; }

    /// <summary>What is shown instead: no longer than the shortest secret, so that masked text never grows.</summary>
    public static ReadOnlySpan<byte> Replacement => "***"u8;

    /// <summary>From now on this value is hidden; false where it is too short for that.</summary>
    public bool Add(string secret)
    {
        if (Encoding.UTF8.GetByteCount(secret) < ShortestSecret)
        {
            return false;
        }

        if (_secrets.Add(secret))
        {
            _pairs = _pairs.Length == 0 ? new bool[1 << 16] : _pairs;
            foreach (var form in SecretForms.Of(secret))
            {
                (_byFirst[form[0]] ??= []).Add(form);
                _pairs[(form[0] << 8) | form[1]] = true;
                Longest = Math.Max(Longest, form.Length);
            }
        }

        return true;
    }

    /// <summary>The next place in <paramref name="bytes"/> where a form may begin, as far as two bytes tell; -1 for none.</summary>
    public int NextStart(ReadOnlySpan<byte> bytes, int place)
    {
        if (IsEmpty)
        {
            return -1;
        }

        var pairs = _pairs;
        for (; place + 1 < bytes.Length; place++)
        {
            if (pairs[(bytes[place] << 8) | bytes[place + 1]])
            {
                return place;
            }
        }

        return place < bytes.Length && _byFirst[bytes[place]] is not null ? place : -1;
    }

    /// <summary>The forms that start with this byte.</summary>
    public IReadOnlyList<byte[]> FormsFrom(byte first) => (IReadOnlyList<byte[]>?)_byFirst[first] ?? [];

    /// <summary>The text with every secret in it hidden.</summary>
    public string Apply(string text) => IsEmpty ? text : Encoding.UTF8.GetString(Apply(Encoding.UTF8.GetBytes(text)));

    /// <summary>The bytes with every secret in them hidden.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> bytes)
    {
        if (IsEmpty)
        {
            return bytes;
        }

        var result = new ArrayBufferWriter<byte>(bytes.Length + 1);
        var stream = new MaskStream(this);
        stream.Write(bytes, result);
        stream.Finish(result);
        return result.WrittenSpan;
    }
}
