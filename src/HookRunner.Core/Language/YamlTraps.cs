using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>YAML's own traps in the words of hookrunner.yml (LANGUAGE section 1).</summary>
internal static class YamlTraps
{
    public static Diagnostic? Explain(YamlSyntaxError error) => null;
}
