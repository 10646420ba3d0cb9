using HookRunner.Core.Values;

namespace HookRunner.Core.Steps;

/// <summary>What a step does, as data. The kinds live in HookRunner.Host and add the act to it.</summary>
internal abstract record StepAction
{
    /// <summary>The main value, for the step's default name: `link` and this is <c>link /opt/app</c>.</summary>
    public abstract string Subject { get; }

    /// <summary>What would happen, in one line of a plan: <c>point /opt/app to /opt/app-codedeploy, atomically</c>.</summary>
    public abstract string Describe();

    /// <summary>
    /// The paths of the links this step switches; the event holds a lock on each of them. The plan refuses one that is
    /// known only when the step starts.
    /// </summary>
    public virtual IEnumerable<Template> Links => [];

    /// <summary>The files that must be there before anything runs: scripts and sources, relative to the bundle or absolute.</summary>
    public virtual IEnumerable<Template> Sources => [];
}
