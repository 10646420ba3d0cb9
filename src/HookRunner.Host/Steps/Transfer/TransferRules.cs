using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;
using Glob = HookRunner.Host.Steps.Files.Glob;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What a `copy` or `move` step may say; each mistake is reported where it stands.</summary>
internal static class TransferRules
{
    public static bool Check(TransferRequest request, StepFields fields)
    {
        var isRight = CheckPattern(request, fields) & CheckPlaces(request, fields);
        if (fields.Has("owner") && fields.Flag("keep") is true)
        {
            fields.Error("owner", "`owner` and `keep: true` contradict each other: `keep` leaves the owner as it is", "write one of them");
            isRight = false;
        }

        if (request.Exclude.FirstOrDefault(item => item.IsComplete && item.Text.Trim('/').Length == 0) is { } empty)
        {
            fields.Diagnostics.Error(empty.Location, $"`exclude` holds `{empty}`, which names nothing");
            isRight = false;
        }

        return isRight & (!request.Moves || CheckMove(request, fields));
    }

    private static bool CheckPattern(TransferRequest request, StepFields fields)
    {
        var isPattern = Glob.Is(request.From.ToString());
        if (request.TakesNewest && !isPattern && request.From.IsComplete)
        {
            fields.Error("newest", $"`newest` takes the newest match of a pattern, and `{request.From}` is none", "for example `from: build/app-*.jar`");
            return false;
        }

        if (isPattern && !request.TakesNewest && Extension(request.To) is { Length: > 1 } extension && Extension(request.From) == extension)
        {
            fields.Error("to", $"`{request.To}` would become a directory for all that `{request.From}` matches",
                "for one of them under this name, add `newest: true`; else name the directory");
            return false;
        }

        return true;
    }

    private static bool CheckPlaces(TransferRequest request, StepFields fields)
    {
        if (BundleRules.Refuses(request.To, "to", fields))
        {
            return false;
        }

        if (!request.To.IsComplete)
        {
            return true;
        }

        if (SystemPaths.IsOfKernel(request.To.Text))
        {
            fields.Error("to", $"`{request.To}` is a place of the kernel");
            return false;
        }

        if (request.KeepsBackup && SystemPaths.Holds(request.To.Text) && !Glob.Is(request.From.ToString()))
        {
            fields.Error("backup", $"`to` is `{request.To}`, a directory of the system: a backup would copy all of it", "name a directory of the application below it");
            return false;
        }

        if (!request.From.IsComplete || (request.To.Text != request.From.Text && !ProtectedPlaces.IsBelow(request.To.Text, request.From.Text)))
        {
            return true;
        }

        fields.Error("to", $"`to` is {(request.To.Text == request.From.Text ? "what `from` is" : $"inside `{request.From}`")}", "name another place");
        return false;
    }

    private static bool CheckMove(TransferRequest request, StepFields fields)
    {
        if (IsRelative(request.From) || ProtectedPlaces.IsOfBundle(request.From, fields.Scope))
        {
            fields.Error("from", "`from` is in the bundle, and nothing leaves it: the agent installs from it again when it restarts a deployment",
                "write `copy` in place of `move`");
            return false;
        }

        if (!request.From.IsComplete || ProtectedPlaces.WhyNot(request.From.Text, null, "moved") is not { } reason)
        {
            return true;
        }

        fields.Error("from", reason, "name what belongs to the application");
        return false;
    }

    private static bool IsRelative(Template path) => path.Parts is [{ IsVariable: false, Text: var text }, ..] && !text.StartsWith('/');

    private static string Extension(Template path) => Path.GetExtension(path.ToString());
}
