namespace HookRunner.Host.Steps.Aws;

/// <summary>What the instance metadata service said. A closed set.</summary>
internal abstract record MetadataReply
{
    private MetadataReply()
    {
    }

    internal sealed record Found(string Text) : MetadataReply;

    /// <summary>It answers, and has nothing at that path.</summary>
    internal sealed record Absent : MetadataReply;

    /// <summary>It cannot be asked; what to do about it is the remedy.</summary>
    internal sealed record Trouble(string Message, string Remedy) : MetadataReply;
}
