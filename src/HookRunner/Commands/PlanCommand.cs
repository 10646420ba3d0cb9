using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Planning.Views;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>`hookrunner plan`: what would run, without touching anything.</summary>
internal static class PlanCommand
{
    /// <summary>0; 2 wrong usage; 3 a bad bundle.</summary>
    public static int Run(PlanCommandOptions options, AgentVariables variables, TextWriter output)
    {
        switch (PlanTarget.From(options, variables))
        {
            case PlanTarget.Refused refused:
                refused.Lines.ToList().ForEach(output.WriteLine);
                return refused.ExitStatus;
            case PlanTarget.Known known when Unknown(options.Events) is { } name:
                output.WriteLine($"`{name}` is no lifecycle event in which the agent runs scripts");
                output.WriteLine($"  {Suggestion.Remedy(name, LifecycleEvents.Names)}");
                return ExitStatus.Usage;
            case PlanTarget.Known known:
                return Run(known, options, output);
            default:
                throw new InvalidOperationException("unhandled target");
        }
    }

    private static string? Unknown(ImmutableArray<string> events) =>
        events.FirstOrDefault(name => LifecycleEvents.Parse(name) is null && name != PlanMoment.RollbackName);

    private static int Run(PlanTarget.Known target, PlanCommandOptions options, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var bundle = Bundle.Read(target.Bundle, "", diagnostics, new DiagnosticBag());
        if (bundle.File is null || diagnostics.HasErrors)
        {
            return Refuse(diagnostics, options, output);
        }

        var plans = new BundlePlans(bundle, target, options, diagnostics);
        return options.Difference is { } pair ? Compare(plans, pair, options, output) : Show(plans, target, options, output);
    }

    private static int Show(BundlePlans plans, PlanTarget.Known target, PlanCommandOptions options, TextWriter output)
    {
        var shown = plans.Of(target.Group!);
        if (plans.Diagnostics.HasErrors)
        {
            return Refuse(plans.Diagnostics, options, output);
        }

        if (options.Json)
        {
            output.WriteLine(Encoding.UTF8.GetString(PlanJson.Of(shown.Select(plan => (plan, (EventTime?)plans.TimeOf(plan)))).Span));
            return ExitStatus.Done;
        }

        output.Write(DiagnosticText.Render(plans.Diagnostics));
        var texts = shown.Select(plan => string.Join('\n', PlanText.Lines(plan, plans.TimeOf(plan), plans.OnHost(plan))));
        output.WriteLine(string.Join("\n\n", target.Note is null ? texts : texts.Prepend(target.Note)));
        return ExitStatus.Done;
    }

    private static int Compare(BundlePlans plans, (string First, string Second) pair, PlanCommandOptions options, TextWriter output)
    {
        var (first, second) = (plans.Of(plans.GroupOf(pair.First)), plans.Of(plans.GroupOf(pair.Second)));
        if (plans.Diagnostics.HasErrors)
        {
            return Refuse(plans.Diagnostics, options, output);
        }

        var lines = PlanDifference.OfVariables(first[0], second[0])
            .Concat(first.Zip(second).SelectMany(both => PlanDifference.Lines(both.First, both.Second))).ToList();
        output.WriteLine(lines.Count == 0 ? $"{pair.First} and {pair.Second} do the same" : string.Join('\n', lines));
        return ExitStatus.Done;
    }

    private static int Refuse(DiagnosticBag diagnostics, PlanCommandOptions options, TextWriter output)
    {
        output.Write(options.Json ? DiagnosticsJson.Of(diagnostics, []) : DiagnosticText.Render(diagnostics));
        return ExitStatus.Invalid;
    }
}
