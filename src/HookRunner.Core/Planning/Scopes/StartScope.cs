using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>
/// What <c>${name}</c> means when a step starts: all that the plan knew, and the late names from whoever runs it. A
/// variable that rests on late names opens into them, so <paramref name="late"/> is asked for those only.
/// </summary>
internal sealed class StartScope(PlanScope plan, IVariableScope late) : IVariableScope
{
    public VariableValue Find(string name) => plan.Find(name) switch
    {
        VariableValue.Late => late.Find(name),
        VariableValue.Open open => Close(open),
        var known => known,
    };

    private VariableValue Close(VariableValue.Open open)
    {
        var text = "";
        foreach (var part in open.Parts)
        {
            switch (part.IsVariable ? late.Find(part.Text) : new VariableValue.Known(part.Text))
            {
                case VariableValue.Known known:
                    text += known.Text;
                    break;
                case VariableValue.Undefined undefined:
                    return undefined;
                default:
                    return open;
            }
        }

        return new VariableValue.Known(text);
    }
}
