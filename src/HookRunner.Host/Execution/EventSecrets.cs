using System.Collections.Immutable;
using System.IO.Enumeration;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Execution;

/// <summary>The secret values of one event, and the logs that one may have got into.</summary>
/// <param name="mask">Hides them in everything that is shown.</param>
/// <param name="patterns">`mask`: names or globs of variables.</param>
internal sealed class EventSecrets(SecretMask mask, ImmutableArray<string> patterns)
{
    private const uint OwnerOnly = 0x180;

    private readonly HashSet<string> _exposed = new(StringComparer.Ordinal);

    /// <summary>
    /// A program is about to see this environment and these secrets. From now on their values are hidden, and its log is
    /// for its owner alone.
    /// </summary>
    public void Expose(StepLog log, IEnumerable<string> secrets, IReadOnlyDictionary<string, string> environment)
    {
        var named = patterns.Length == 0 ? [] : environment.Where(pair => IsNamed(pair.Key)).Select(pair => pair.Value);
        var isExposed = false;
        foreach (var secret in secrets.Concat(named))
        {
            mask.Add(secret);
            isExposed = true;
        }

        if (isExposed && _exposed.Add(log.Token))
        {
            _ = Libc.ChangeMode(log.Descriptor, OwnerOnly);
        }
    }

    /// <summary>At the end of a step: a log that a secret may be in is replaced by its masked copy.</summary>
    /// <param name="log">Of the step; still open.</param>
    /// <param name="isHeld">A process that was left behind still writes to it: a copy would lose what comes.</param>
    /// <returns>What a person should know; null where there is nothing to say.</returns>
    public string? Seal(StepLog log, bool isHeld)
    {
        if (log.Path is not { } path || !_exposed.Contains(log.Token))
        {
            return null;
        }

        return isHeld
            ? $"{path} may hold secrets as they are, because a process that was left running still writes to it; only its owner can read it"
            : MaskedLog.Replace(path, mask) is { } error ? $"secrets could not be masked in {path}, which only its owner can read: {error}" : null;
    }

    private bool IsNamed(string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
