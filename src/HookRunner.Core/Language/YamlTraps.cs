using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>YAML's own traps in the words of hookrunner.yml (LANGUAGE section 1).</summary>
internal static class YamlTraps
{
    public static YamlExplanation? Explain(YamlSyntaxError error) => CommandTraps.Explain(error) ?? FlowTraps.Explain(error);
}
