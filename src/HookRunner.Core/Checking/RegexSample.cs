using System.Globalization;

namespace HookRunner.Core.Checking;

/// <summary>
/// Makes up a text that a regex matches, for the plain ones that people write for group names. Whoever uses it tries the
/// text against the regex, so what is not understood does no harm.
/// </summary>
internal sealed class RegexSample
{
    private const int MostRepeated = 50;
    private const int Deepest = 32;

    private readonly string _regex;
    private readonly bool _takesOptional;
    private int _at;
    private int _depth;

    private RegexSample(string regex, bool takesOptional) => (_regex, _takesOptional) = (regex, takesOptional);

    /// <param name="takesOptional">Whether what may be there or not is there.</param>
    public static string Of(string regex, bool takesOptional) => new RegexSample(regex, takesOptional).Alternatives();

    /// <summary>The first of the alternatives; the others are read over.</summary>
    private string Alternatives()
    {
        var first = Sequence();
        while (_at < _regex.Length && _regex[_at] == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = "";
        while (_at < _regex.Length && _regex[_at] is not ('|' or ')'))
        {
            text += Repeated(Atom());
        }

        return text;
    }

    private string Atom()
    {
        var c = _regex[_at++];
        return c switch
        {
            '^' or '$' => "",
            '.' => "x",
            '(' => Group(),
            '[' => Class(),
            '\\' when _at < _regex.Length => Escaped(_regex[_at++]),
            _ => c.ToString(),
        };
    }

    private static string Escaped(char c) => c switch
    {
        'd' => "0",
        'w' => "a",
        's' => " ",
        'A' or 'z' or 'Z' or 'b' => "",
        _ => c.ToString(),
    };

    private string Group()
    {
        if (_at + 1 < _regex.Length && _regex[_at] == '?')
        {
            var end = _regex[_at + 1] is '<' or '\'' ? _regex.IndexOfAny(['>', '\''], _at + 2) : _regex.IndexOf(':', _at);
            _at = end < 0 ? _regex.Length : end + 1;
        }

        if (++_depth > Deepest)
        {
            _at = _regex.Length;
            return "";
        }

        var text = Alternatives();
        _depth--;
        _at = Math.Min(_at + 1, _regex.Length);
        return text;
    }

    private string Class()
    {
        var end = _regex.IndexOf(']', Math.Min(_at + 1, _regex.Length));
        var members = end < 0 ? "" : _regex[_at..end];
        _at = end < 0 ? _regex.Length : end + 1;
        if (members.StartsWith('^'))
        {
            return "aA0-_".FirstOrDefault(c => !members.Contains(c)).ToString();
        }

        return members is ['\\', var escaped, ..] ? Escaped(escaped) : members.Length > 0 ? members[..1] : "";
    }

    private string Repeated(string atom)
    {
        var times = 1;
        if (_at < _regex.Length && _regex[_at] is '?' or '*' or '+')
        {
            times = _regex[_at++] == '+' || _takesOptional ? 1 : 0;
        }
        else if (_at < _regex.Length && _regex[_at] == '{')
        {
            times = Counted();
        }

        if (_at < _regex.Length && _regex[_at] == '?')
        {
            _at++;
        }

        return string.Concat(Enumerable.Repeat(atom, times));
    }

    private int Counted()
    {
        var end = _regex.IndexOf('}', _at);
        var least = end < 0 ? "" : _regex[(_at + 1)..end].Split(',')[0];
        _at = end < 0 ? _regex.Length : end + 1;
        return int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Clamp(count, _takesOptional ? 1 : 0, MostRepeated)
            : 1;
    }
}
