using System.Text.RegularExpressions;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Http;

/// <summary>What an `http` step may say; each mistake is reported where it stands.</summary>
internal static class HttpRules
{
    public static bool Check(HttpAction action, StepFields fields) =>
        fields.Has("url")
        && IsUrl(action.Url, fields) & HaveStatus(action, fields) & IsPattern(action.Matches, fields) & AreHeaders(action, fields)
        && (action.Pace.TryTimeout > TimeSpan.Zero || Refuse(fields, "try_timeout"))
        && (action.Pace.Within > TimeSpan.Zero || Refuse(fields, "within"));

    private static bool IsUrl(Template url, StepFields fields)
    {
        if (!url.IsComplete)
        {
            return true;
        }

        if (!Uri.TryCreate(url.Text, UriKind.Absolute, out var uri) || uri is not { Scheme: "http" or "https", Host.Length: > 0 })
        {
            return Refuse(fields, url, $"`{url}` is no URL of http or https", "write `http://127.0.0.1:8080/health`");
        }

        return uri.UserInfo.Length == 0
            || Refuse(fields, url, "a URL with a user in it shows the password in every log", "send it by `headers: { Authorization: ... }`");
    }

    private static bool HaveStatus(HttpAction action, StepFields fields)
    {
        var wrong = action.Status.FirstOrDefault(status => status.IsComplete && !HttpExpectation.IsStatus(status.Text));
        return wrong is null || Refuse(fields, wrong, $"`{wrong}` is no status; expected one such as `200` or `2xx`");
    }

    private static bool IsPattern(Template? pattern, StepFields fields)
    {
        if (pattern is not { IsComplete: true })
        {
            return true;
        }

        try
        {
            _ = new Regex(pattern.Text, RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Refuse(fields, pattern, $"`{pattern}` is no usable regex: {e.Message}", "look-around and back-references are not supported");
        }
    }

    /// <summary>A line break in a header would begin another one.</summary>
    private static bool AreHeaders(HttpAction action, StepFields fields)
    {
        var name = action.Headers.FirstOrDefault(header => !header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        if (name.Name is not null)
        {
            return Refuse(fields, name.Value, $"`{name.Name}` is no name of a header");
        }

        var broken = action.Headers.FirstOrDefault(header => header.Value.IsComplete && header.Value.Text.AsSpan().ContainsAny('\r', '\n'));
        return broken.Name is null || Refuse(fields, broken.Value, $"the header `{broken.Name}` has a line break in it");
    }

    private static bool Refuse(StepFields fields, Template value, string message, string? remedy = null)
    {
        fields.Diagnostics.Error(value.Location, message, remedy);
        return false;
    }

    private static bool Refuse(StepFields fields, string key)
    {
        fields.Error(key, $"`{key}` is 0; expected a time");
        return false;
    }
}
