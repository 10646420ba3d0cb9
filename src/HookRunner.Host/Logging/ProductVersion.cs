namespace HookRunner.Host.Logging;

/// <summary>The version people see: `Text`, which the build writes (HookRunner.Host.csproj).</summary>
internal static partial class ProductVersion;
