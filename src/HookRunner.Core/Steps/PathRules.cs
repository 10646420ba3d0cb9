using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Steps;

/// <summary>What a path in hookrunner.yml may look like. Nothing hangs on a trailing slash.</summary>
internal static class PathRules
{
    /// <summary>A destination is absolute or starts with a variable; trailing slashes are taken off.</summary>
    public static Template? Destination(Template path, string key, DiagnosticBag diagnostics)
    {
        if (NotEmpty(path, key, diagnostics) is null)
        {
            return null;
        }

        if (!path.StartsWithVariable && !(path.IsComplete ? path.Text : path.Parts[0].Text).StartsWith('/'))
        {
            diagnostics.Error(path.Location, $"`{key}` is `{path}`; expected an absolute path",
                "start it with `/` or with a variable such as `${release.dir}`");
            return null;
        }

        return Trimmed(path);
    }

    /// <summary>Without trailing slashes, once it is known.</summary>
    public static Template Trimmed(Template path) => path.IsComplete && path.Text.Length > 1
        ? Template.Literal(path.Text.TrimEnd('/') is { Length: > 0 } text ? text : "/", path.Location)
        : path;

    /// <summary>No empty path and none with a NUL byte, which the kernel would cut silently.</summary>
    public static Template? NotEmpty(Template path, string key, DiagnosticBag diagnostics)
    {
        if (path.IsComplete && (path.Text.Length == 0 || path.Text.Contains('\0', StringComparison.Ordinal)))
        {
            diagnostics.Error(path.Location, $"`{key}` is {(path.Text.Length == 0 ? "empty" : "a path with a NUL byte in it")}; expected a path");
            return null;
        }

        return path;
    }
}
