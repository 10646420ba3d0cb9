using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Steps;

/// <summary>One thing that <c>when</c> or <c>unless</c> asks of the host when the step starts.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>The condition as a skip line says it: <c>/etc/app.conf exists</c>.</summary>
    public abstract override string ToString();

    /// <summary>Puts in what <paramref name="scope"/> knows: a group's conditions, and a step's, are tested before it is bound.</summary>
    public virtual Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) => this;

    internal sealed record Exists(Template Path) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Path = Path.Resolve(scope, diagnostics) };

        public override string ToString() => $"{Path} exists";
    }

    internal sealed record Missing(Template Path) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Path = Path.Resolve(scope, diagnostics) };

        public override string ToString() => $"{Path} is missing";
    }

    /// <summary>A program that is found on the step's PATH.</summary>
    internal sealed record Program(Template Name) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Name = Name.Resolve(scope, diagnostics) };

        public override string ToString() => $"program {Name} is there";
    }

    /// <summary>A unit that systemd knows.</summary>
    internal sealed record Unit(Template Name) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Name = Name.Resolve(scope, diagnostics) };

        public override string ToString() => $"unit {Name} is known";
    }

    internal sealed record Active(Template Name) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Name = Name.Resolve(scope, diagnostics) };

        public override string ToString() => $"unit {Name} is active";
    }

    internal sealed record User(Template Name) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Name = Name.Resolve(scope, diagnostics) };

        public override string ToString() => $"user {Name} exists";
    }

    /// <summary>A command that ends with 0.</summary>
    internal sealed record Run(CommandText Command) : Condition
    {
        public override Condition Resolve(IVariableScope scope, DiagnosticBag diagnostics) =>
            this with { Command = Command.Resolve(scope, diagnostics) };

        public override string ToString() => $"`{Command}` ends 0";
    }

    /// <summary>Before this deployment nothing was at the link.</summary>
    internal sealed record FirstRelease : Condition
    {
        public override string ToString() => "this is the first release";
    }
}
