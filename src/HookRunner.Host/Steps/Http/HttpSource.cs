using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Http;

/// <summary>Where an answer is read from: a connection, or what curl received. <paramref name="count"/> 0: its end.</summary>
internal delegate PosixError? HttpSource(Span<byte> buffer, out int count);
