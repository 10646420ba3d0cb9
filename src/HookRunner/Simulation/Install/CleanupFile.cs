namespace HookRunner.Simulation.Install;

/// <summary>The list of what an Install made, which the next one removes first (agent 1.8.1, installer.rb:27-42).</summary>
internal static class CleanupFile
{
    /// <summary>
    /// Backwards: files and links go, directories where they are empty; what is gone already is passed over. A last line
    /// without its newline is an unfinished path and is not looked at (install_instruction.rb:57-74).
    /// </summary>
    public static void Undo(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var text = File.ReadAllText(path);
        foreach (var item in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            Remove(item.Trim());
        }

        File.Delete(path);
    }

    private static void Remove(string path)
    {
        if (new FileInfo(path).LinkTarget is not null || File.Exists(path))
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }
}
