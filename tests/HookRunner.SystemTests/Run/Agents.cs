using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Both agents, for tests that hold under either.</summary>
internal static class Agents
{
    public static TheoryData<string> Both { get; } = ["1.8", "2"];

    public static Agent Of(string version) => version == "2" ? new Agent2() : new Agent18();

    public static HookResult Under18(this Bundle bundle, string name) => new Agent18().Run(bundle.Call(name));
}
