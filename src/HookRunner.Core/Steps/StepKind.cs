using System.Collections.Immutable;

namespace HookRunner.Core.Steps;

/// <summary>What may be written for a key of a kind; schema, reference and messages use the same words.</summary>
internal enum ValueShape
{
    Text,

    /// <summary>A list and nothing else.</summary>
    TextList,
    TextOrList,
    Path,

    /// <summary>One path or a list of them.</summary>
    PathList,
    Duration,
    Count,
    Flag,
    Mode,
    Owner,
    Command,
    Mapping,

    /// <summary>A list of steps, or a mapping that holds one.</summary>
    Steps,

    /// <summary>More than one shape; its own reader judges.</summary>
    Any,
}

/// <summary>One key of a kind.</summary>
/// <param name="Name">As written in hookrunner.yml.</param>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Meaning">For the reference and the schema: one sentence.</param>
/// <param name="Default">The default as one would write it; null where there is none.</param>
/// <param name="Required">Whether leaving it out is a mistake.</param>
internal sealed record KindKey(string Name, ValueShape Shape, string Meaning, string? Default = null, bool Required = false)
{
    /// <summary>For a name of which nothing is known but that a text is wanted under it.</summary>
    public static KindKey Undeclared(string name) => new(name, ValueShape.Text, "");

    /// <summary>The keys of a mapping under this one, where they are fixed.</summary>
    public ImmutableArray<KindKey> Keys { get; init; } = [];

    /// <summary>The only words it takes; empty: any text.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>What to write instead, where the shape is wrong.</summary>
    public string? Remedy { get; init; }
}

/// <summary>
/// A kind of step: its declaration, from which reading, messages, the JSON Schema and the reference come. A new kind is
/// one file that declares one of these, and one line in the catalog.
/// </summary>
internal sealed record StepKind
{
    /// <summary>The word in hookrunner.yml.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The keys of its mapping form. Empty where only the short form exists.</summary>
    public ImmutableArray<KindKey> Keys { get; init; } = [];

    /// <summary>The key that a bare text or list stands for: <c>run: TEXT</c> is <c>run: { text: TEXT }</c>.</summary>
    public string? Shorthand { get; init; }

    /// <summary>True where a mapping may not be written at all (<c>run: TEXT</c>).</summary>
    public bool ShorthandOnly { get; init; }

    /// <summary>It starts a program for the user: the keys env, env_file, path, cwd, user, ... and capture belong to it.</summary>
    public bool StartsProgram { get; init; }

    /// <summary>Its helper sees the keys <see cref="CommonKeys.OfHelper"/>, of the step and of the layers around it.</summary>
    public bool GivesEnvironment { get; init; }

    /// <summary>`capture` may keep its stdout.</summary>
    public bool CanCapture { get; init; }

    /// <summary>It ends by its own <c>within</c>; <c>timeout</c> on it is a mistake.</summary>
    public bool BoundsItself { get; init; }

    public KeyTable Table => new(Name, Keys, Shorthand, ShorthandOnly) { Kind = this };

    /// <summary>A step of this kind may have the key, not under the kind's word but beside it.</summary>
    public bool TakesBeside(string key) => CommonKeys.Policy.Any(item => item.Name == key)
        || (StartsProgram && CommonKeys.Names.Contains(key))
        || (GivesEnvironment && CommonKeys.OfHelper.Contains(key));

    /// <summary>
    /// Makes the action from its fields; null after a mistake that <see cref="StepFields"/> has reported. Called more
    /// than once for a step: when the file is read (nothing is known), for the plan, and when the step starts.
    /// </summary>
    public required Func<StepFields, StepAction?> Read { get; init; }
}
