using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Harness;

/// <summary>A bundle whose hook is a bash script: the harness is tried on what the real agent was tried on.</summary>
internal static class HookScript
{
    public static Bundle Bundle(string text, int timeout = 60)
    {
        var bundle = Support.Bundle.Empty(timeout);
        bundle.Write("hookrunner", $"#!/bin/bash\n{text}\n", "755");
        return bundle;
    }

    public static HookResult RunUnder(this Bundle bundle, Agent agent) => agent.Run(bundle.Call("ApplicationStart"));
}
