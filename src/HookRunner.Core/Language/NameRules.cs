namespace HookRunner.Core.Language;

internal static class NameRules
{
    public static void Check(HookFile file, FileContext context)
    {
    }
}
