using System.Globalization;
using System.Text;

namespace HookRunner.Host.State;

/// <summary>Names from outside as single, safe file names: `[A-Za-z0-9._-]`, at most 100 bytes, none that starts with a dot.</summary>
internal static class StateName
{
    private const int Longest = 100;

    /// <summary>
    /// The name itself where it is safe already; else its safe bytes and a hash of the whole, so that two names never
    /// meet in one file.
    /// </summary>
    public static string Of(string name)
    {
        if (name.Length is > 0 and <= Longest && name[0] is not ('.' or '-') && name.All(IsSafe))
        {
            return name;
        }

        var hash = Hash(name).ToString("x16", CultureInfo.InvariantCulture);
        var kept = new StringBuilder();
        foreach (var letter in name.Take(Longest - hash.Length - 1))
        {
            kept.Append(IsSafe(letter) && (kept.Length > 0 || letter is not ('.' or '-')) ? letter : '_');
        }

        return $"{kept}-{hash}".TrimStart('-');
    }

    /// <summary>Only to be read by people, beside something else that makes it unique: safe bytes, no hash.</summary>
    public static string Readable(string name)
    {
        const int longestReadable = 60;
        return string.Concat(name.Take(longestReadable).Select(letter => IsSafe(letter) ? letter : '_'));
    }

    private static bool IsSafe(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';

    /// <summary>FNV-1a, 64 bits (draft-eastlake-fnv): no cryptography, which would abort on a host without OpenSSL.</summary>
    public static ulong Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        return hash;
    }
}
