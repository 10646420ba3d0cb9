using System.Text;

namespace HookRunner.Host.Steps.Config;

/// <summary>What a simulation has in place of what it does not read: the values given by `--set`, else their names.</summary>
internal static class RecordedConfig
{
    /// <summary>Begins a file that was not read; a line that a dotenv file may have, since it may be one.</summary>
    public const string Mark = "# simulated: not read from ";

    public static ConfigContent Of(ConfigAction action, StepRun run)
    {
        if (action.Variable is { } variable)
        {
            return new ConfigContent.Whole(Encoding.UTF8.GetBytes(run.SetValue(variable.Text) ?? $"<{variable.Text}>"), IsSecret: false);
        }

        // Which keys there are, only `map` tells.
        return action.Names.Map.IsEmpty
            ? new ConfigContent.Whole(Encoding.UTF8.GetBytes($"{Mark}{action.Source}\n"), IsSecret: false)
            : new ConfigContent.Named([.. action.Names.Map.Select(item => new ConfigValue(item.Name, run.SetValue(item.Variable.Text) ?? $"<{item.Variable.Text}>", IsSecret: false))]);
    }

    /// <summary>Without `map` nobody knows which variables there will be: those given by `--set` are found where they are used.</summary>
    public static bool MakesNothing(ConfigAction action) => action.To is null && action.Variable is null && action.Names.Map.IsEmpty;
}
