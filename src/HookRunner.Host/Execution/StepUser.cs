using HookRunner.Core.Planning;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Execution;

/// <summary>The user whom a step's programs run as.</summary>
internal static class StepUser
{
    /// <summary>Null, with the reason, where there is no such user or hookrunner may not become one.</summary>
    public static UserAccount? Of(EventContext context, PlannedStep step, out ProcessEnd.NotStarted? refused)
    {
        refused = null;
        if (step.Program.User is not { } wanted)
        {
            return context.Self;
        }

        var found = Users.Find(wanted.Text);
        if (context.Simulation.IsOn && (found is null || !IdentityMap.HasUser(found.Id)))
        {
            var why = found is null ? "is not on this machine" : "is out of the sandbox's reach";
            context.Miss($"user {wanted.Text} {why}", $"what shall run as {wanted.Text} runs as {context.Self.Name}");
            return context.Self;
        }

        if (found is not { } user)
        {
            refused = new ProcessEnd.NotStarted(
                $"{wanted.Location}: user `{wanted.Text}` does not exist on this host",
                "create it in the image or in an earlier step, or mend `user:`", 126);
            return null;
        }

        if (user.Id == context.Self.Id || context.Self.Id == 0)
        {
            return user;
        }

        refused = new ProcessEnd.NotStarted(
            $"{wanted.Location}: hookrunner runs as {context.Self.Name} and may not become {user.Name}",
            "let the agent run the hook as root: take `runas:` out of appspec.yml, and keep `user:` here", 126);
        return null;
    }
}
