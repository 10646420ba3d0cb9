using System.Globalization;
using System.Text;

namespace HookRunner.Host.Output;

/// <summary>The ways in which programs write one and the same value.</summary>
internal static class SecretForms
{
    // Shorter pieces of base64 would be found in innocent text.
    private const int ShortestBase64 = 5;
    private const int ShortestLine = 8;

    /// <summary>Every form, each once.</summary>
    public static IReadOnlyCollection<byte[]> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        AddWritten(secret, forms);
        foreach (var line in secret.Split('\n'))
        {
            // A key of many lines may be printed line by line.
            if (line.TrimEnd('\r') is { Length: >= ShortestLine } whole)
            {
                AddWritten(whole, forms);
            }
        }

        AddBase64(Encoding.UTF8.GetBytes(secret), forms);
        return [.. forms.Select(Encoding.UTF8.GetBytes)];
    }

    private static void AddWritten(string value, HashSet<string> forms)
    {
        forms.Add(value);
        AddUrl(value, forms);
        AddJson(value, forms);
        AddShell(value, forms);
    }

    private static void AddUrl(string value, HashSet<string> forms)
    {
        var upper = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            // RFC 3986, section 2.3: these stay as they are.
            _ = char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                ? upper.Append((char)octet)
                : upper.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        var url = upper.ToString();
        forms.Add(url);
        forms.Add(LowerHex(url));
        forms.Add(url.Replace("%20", "+", StringComparison.Ordinal));
    }

    private static string LowerHex(string url)
    {
        var letters = url.ToCharArray();
        for (var index = 0; index + 2 < letters.Length; index++)
        {
            if (letters[index] == '%')
            {
                letters[index + 1] = char.ToLowerInvariant(letters[index + 1]);
                letters[index + 2] = char.ToLowerInvariant(letters[index + 2]);
            }
        }

        return new string(letters);
    }

    private static void AddJson(string value, HashSet<string> forms)
    {
        forms.Add(Json(value, _ => false));
        forms.Add(Json(value, letter => letter > 0x7E));
        forms.Add(Json(value, letter => letter is '<' or '>' or '&' or '\u2028' or '\u2029'));
        forms.Add(Json(value, letter => letter is '<' or '>' or '&' or '\'' or '"' or '+' or '`' or > '~', "X4"));
        forms.Add(Json(value, letter => letter > 0x7E).Replace("/", "\\/", StringComparison.Ordinal));
    }

    private static string Json(string value, Func<char, bool> isCoded, string digits = "x4")
    {
        var text = new StringBuilder();
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when letter < ' ' || isCoded(letter) => text.Append("\\u").Append(((int)letter).ToString(digits, CultureInfo.InvariantCulture)),
                '"' or '\\' => text.Append('\\').Append(letter),
                _ => text.Append(letter),
            };
        }

        return text.ToString();
    }

    private static void AddShell(string value, HashSet<string> forms)
    {
        forms.Add(value.Replace("'", @"'\''", StringComparison.Ordinal));
        forms.Add(value.Replace("'", "'\"'\"'", StringComparison.Ordinal));
        forms.Add(Backslashed(value, letter => letter is '"' or '$' or '`' or '\\'));
        // bash's printf %q, and its $'...' for what has control characters.
        forms.Add(Backslashed(value, letter => letter < 0x80 && !char.IsAsciiLetterOrDigit(letter) && !"%+-./:=@_".Contains(letter, StringComparison.Ordinal)));
        forms.Add(Json(value, _ => false).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal));
    }

    private static string Backslashed(string value, Func<char, bool> isSpecial) =>
        string.Concat(value.Select(letter => isSpecial(letter) ? $"\\{letter}" : letter.ToString()));

    private static void AddBase64(byte[] value, HashSet<string> forms)
    {
        AddBoth(Convert.ToBase64String(value), forms);
        for (var before = 0; before < 3; before++)
        {
            // What precedes and follows in the same text of base64 shares its outermost letters: they are left off.
            var text = Convert.ToBase64String([.. new byte[before], .. value]);
            var start = before == 0 ? 0 : before + 1;
            var end = text.Length - (((before + value.Length) % 3) switch { 0 => 0, 1 => 3, _ => 2 });
            AddBoth(text[start..end], forms);
        }

        foreach (var width in (int[])[64, 76])
        {
            Array.ForEach([.. Convert.ToBase64String(value).Chunk(width)], line => AddBoth(new string(line), forms));
        }
    }

    private static void AddBoth(string base64, HashSet<string> forms)
    {
        if (base64.Length >= ShortestBase64)
        {
            forms.Add(base64);
            forms.Add(base64.Replace('+', '-').Replace('/', '_'));
        }
    }
}
