using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.State;

namespace HookRunner.Host.Steps.Background;

/// <summary>The mark by which a later step knows what runs: its name, and a hash of all that it was started with.</summary>
internal static class BackgroundMark
{
    public static string Of(BackgroundWish wish, string path, ProcessRequest request)
    {
        var text = new StringBuilder(path);
        foreach (var word in request.Arguments)
        {
            text.Append('\0').Append(word);
        }

        foreach (var (name, value) in request.Environment)
        {
            // Another run of the same step has another one.
            text.Append('\0').Append(name == ProcessEnvironment.StepVariable ? "" : $"{name}={value}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\0{request.WorkingDirectory}\0{request.User?.Id ?? Users.CurrentId}\0{request.Umask}\0{request.OpenFiles}\0{wish.Log}");
        return string.Create(CultureInfo.InvariantCulture, $"{wish.Name} {StateName.Hash(text.ToString()):x16}");
    }
}
