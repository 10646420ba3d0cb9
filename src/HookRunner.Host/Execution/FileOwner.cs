using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>Turns an owner as written into ids.</summary>
internal static class FileOwner
{
    public static (uint User, uint Group)? Find(OwnerName owner, UserAccount self, out StepOutcome.Failed? failure)
    {
        var user = Users.Find(owner.User);
        var group = owner.Group is { } name ? Users.FindGroup(name) : user?.GroupId;
        failure = user is null && !IsNumber(owner.User) ? new($"user `{owner.User}` does not exist on this host", "create it in the image or in an earlier step")
            : group is null ? new($"group `{owner.Group ?? owner.User}` does not exist on this host", "create it in the image or in an earlier step")
            : self.Id != 0 && user?.Id != self.Id ? new($"hookrunner runs as {self.Name} and may not give files to {owner}", "let the agent run the hook as root")
            : null;
        return failure is null ? (user?.Id ?? uint.Parse(owner.User, CultureInfo.InvariantCulture), group!.Value) : null;
    }

    private static bool IsNumber(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
