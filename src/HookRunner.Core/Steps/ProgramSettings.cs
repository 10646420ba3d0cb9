using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Steps;

/// <summary>How a program of a step is started: everything that file, environment, role, list and step say, merged.</summary>
internal sealed record ProgramSettings
{
    public static ProgramSettings Default { get; } = new();

    /// <summary>In the order of their names' first appearance; later layers have won already.</summary>
    public ImmutableArray<(string Name, Template Value)> Environment { get; init; } = [];

    public ImmutableArray<EnvironmentFile> EnvironmentFiles { get; init; } = [];

    /// <summary>Put before the fixed PATH, the step's own first.</summary>
    public ImmutableArray<Template> Path { get; init; } = [];

    /// <summary>Null: the bundle (`/` in events that run the previous revision).</summary>
    public Template? WorkingDirectory { get; init; }

    /// <summary>Null: the user hookrunner runs as.</summary>
    public Template? User { get; init; }

    /// <summary>022 unless written.</summary>
    public uint Umask { get; init; } = 0x12;

    /// <summary>The limit of open files (`limits: { nofile }`), where written.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Shell files that are sourced first (`source`).</summary>
    public ImmutableArray<Template> SourceFiles { get; init; } = [];

    public bool Login { get; init; }

    /// <summary>`bash` or `sh`.</summary>
    public string Shell { get; init; } = "bash";

    public Capture? Capture { get; init; }

    public InheritedEnvironment Inherited { get; init; } = new(false, []);
}

/// <summary>An `env_file` entry.</summary>
internal sealed record EnvironmentFile(SourceLocation Location, Template Path, bool Optional, bool Secret);

/// <summary>`capture: NAME`: where a step's stdout goes.</summary>
internal sealed record Capture(string Name, bool Secret);

/// <summary>`inherit_env`: names or globs, or everything.</summary>
internal sealed record InheritedEnvironment(bool Everything, ImmutableArray<string> Names);
