using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Values;

/// <summary>An owner as written: <c>user</c> or <c>user:group</c>; names or numbers. Without a group, the user's own.</summary>
internal sealed record OwnerName(Template Written)
{
    public string User => Written.Text.Split(':')[0];

    public string? Group => Written.Text.Split(':') is [_, var group] ? group : null;

    /// <summary>Null after a reported mistake.</summary>
    public static OwnerName? Parse(Template text, DiagnosticBag diagnostics)
    {
        if (text.IsComplete && (text.Text.Split(':') is not ([_] or [_, _]) || text.Text.Split(':').Any(part => part.Length == 0)))
        {
            diagnostics.Error(text.Location, $"`{text}` is no owner; expected `user` or `user:group`");
            return null;
        }

        return new OwnerName(text);
    }

    public override string ToString() => Written.ToString();
}
