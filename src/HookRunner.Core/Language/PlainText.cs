using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>Texts in which <c>${}</c> is never expanded, because they are needed before there is a plan.</summary>
internal static class PlainText
{
    /// <summary>Null after a reported mistake.</summary>
    public static string? Read(YamlNode node, string key, DiagnosticBag diagnostics)
    {
        if (!ShapeRules.IsText(key, node, diagnostics))
        {
            return null;
        }

        var text = ((YamlScalar)node).Text;
        if (text.Length == 0)
        {
            diagnostics.Error(node.Location, $"`{key}` is empty; expected a name");
            return null;
        }

        return IsPlain(text, $"`{key}`", node.Location, diagnostics) ? text : null;
    }

    /// <summary>False after a reported mistake.</summary>
    public static bool IsPlain(string text, string where, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return true;
        }

        diagnostics.Error(location, $"`${{}}` is never expanded in {where}", "write the value itself; it is needed before there is a plan");
        return false;
    }

    /// <summary>One text or a list of them, with their places.</summary>
    public static IEnumerable<(string Text, SourceLocation Location)> ReadMany(YamlNode node, string key, DiagnosticBag diagnostics)
    {
        if (!ShapeRules.IsTextOrList(KindKey.Undeclared(key), node, diagnostics))
        {
            yield break;
        }

        foreach (var item in node is YamlList list ? list.Items : [node])
        {
            if (Read(item, key, diagnostics) is { } text)
            {
                yield return (text, item.Location);
            }
        }
    }
}
