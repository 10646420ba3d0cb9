namespace HookRunner.Host.Logging;

/// <summary>The version people see.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version is { } version
        ? version.ToString(3)
        : "0";
}
