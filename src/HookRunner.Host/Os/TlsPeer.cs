namespace HookRunner.Host.Os;

/// <summary>Who is at the other end.</summary>
/// <param name="IsAddress">It is an IP address, which a certificate names in its own way.</param>
/// <param name="IsInsecure">Any certificate will do.</param>
internal sealed record TlsPeer(string Host, bool IsAddress, bool IsInsecure);
