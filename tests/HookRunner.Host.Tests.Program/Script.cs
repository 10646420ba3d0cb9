
namespace HookRunner.Host.Tests.Driver;

/// <summary>`RESULT-FILE [option...] [run-option...] -- PROGRAM ARGUMENT... [;; run-option... -- PROGRAM...]`.</summary>
internal sealed record Script(string ResultPath)
{
    public bool IsUnderAgent { get; private set; }

    public List<string> Secrets { get; } = [];

    public List<Run> Runs { get; } = [];

    public static Script Parse(string[] args)
    {
        var script = new Script(args[0]);
        var run = new Run();
        for (var index = 1; index < args.Length; index++)
        {
            if (args[index] == "--")
            {
                var end = Array.IndexOf(args, ";;", index);
                end = end < 0 ? args.Length : end;
                script.Runs.Add(run with { Words = [.. args[(index + 1)..end]] });
                run = new Run();
                index = end;
                continue;
            }

            run = script.Option(run, args[index].Split('=', 2));
        }

        return script;
    }

    private Run Option(Run run, string[] option)
    {
        var value = option.Length > 1 ? option[1] : "";
        switch (option[0])
        {
            case "agent":
                IsUnderAgent = true;
                return run;
            case "secret":
                Secrets.Add(value);
                return run;
            default:
                return run.With(option[0], value);
        }
    }
}
