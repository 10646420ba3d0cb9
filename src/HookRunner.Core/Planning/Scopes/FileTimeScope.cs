using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>For what must be known before anything runs: a name that only a step's start can know is a mistake here.</summary>
internal sealed class FileTimeScope(PlanScope inner, string where) : IVariableScope
{
    public VariableValue Find(string name)
    {
        var value = (inner with { Guards = new ReleaseGuards(true, true) }).Find(name);
        var isKnown = value is VariableValue.Known or VariableValue.Undefined;
        var isReported = value is VariableValue.Late && inner.Variables.Declares(name);
        return isKnown || isReported ? value : new VariableValue.Undefined(
            $"`${{{name}}}` is known only when a step starts; {where} must be known before anything runs",
            "write the value, or a variable that rests on neither `release.`, `env.` nor `instance.`");
    }
}
