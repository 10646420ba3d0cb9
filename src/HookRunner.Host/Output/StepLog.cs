namespace HookRunner.Host.Output;

/// <summary>The file that is a step's stdout and stderr: opened by us, inherited by its programs, followed by the relay.</summary>
/// <param name="Path">For people: where the whole output is. Null where no log place could be written and the file has no name.</param>
/// <param name="Descriptor">Open for reading and appending, close-on-exec.</param>
/// <param name="Token">The value of HOOKRUNNER_STEP in the environment of this step's programs: unique on this host.</param>
internal sealed record StepLog(string? Path, int Descriptor, string Token);
