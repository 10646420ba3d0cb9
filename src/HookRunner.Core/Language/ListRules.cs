using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Language;

internal static class ListRules
{
    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
    }
}
