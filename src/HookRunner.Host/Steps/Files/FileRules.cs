using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Files;

/// <summary>What a `file` step may say; each mistake is reported where it stands.</summary>
internal static class FileRules
{
    public static bool Check(FileAction action, StepFields fields)
    {
        if (fields.Has("content") == fields.Has("source"))
        {
            fields.Diagnostics.Error(fields.Location, fields.Has("content")
                ? "`file` has content and source; expected one of them"
                : "`file` needs `content` or `source`");
            return false;
        }

        if (fields.Has("expand") && !fields.Has("source"))
        {
            fields.Error("expand", "`expand` belongs to `source`; in `content` variables are always put in", "a dollar sign itself is `$$`");
            return false;
        }

        if (BundleRules.Refuses(action.Path, "path", fields))
        {
            return false;
        }

        return action.Path is not { IsComplete: true, Text.Length: 0 };
    }
}
