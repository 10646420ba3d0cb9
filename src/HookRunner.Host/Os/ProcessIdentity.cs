using System.Globalization;

namespace HookRunner.Host.Os;

/// <summary>A process of this host: pids come back, together with the start time they are unique within one boot.</summary>
/// <param name="StartTime">Clock ticks since boot (proc(5), field 22 of stat).</param>
internal readonly record struct ProcessIdentity(int Id, ulong StartTime)
{
    private const int StartTimeAfterName = 19;

    public static ProcessIdentity Own { get; } = new(Libc.ProcessId(), StartTimeOf(Libc.ProcessId()) ?? 0);

    public bool IsAlive => StartTimeOf(Id) == StartTime;

    /// <summary>`4711-90210`.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{StartTime}");

    public static ProcessIdentity? Parse(string text) =>
        text.Split('-') is [var id, var start]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && ulong.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? new ProcessIdentity(number, time)
            : null;

    /// <summary>Null where there is no such process.</summary>
    private static ulong? StartTimeOf(int id)
    {
        if (FileDescriptor.Open($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat", OpenFlags.ReadOnly, 0, out var file) is not null)
        {
            return null;
        }

        using (file)
        {
            Span<byte> stat = stackalloc byte[1024];
            if (file.ReadAt(stat, 0, out var count) is not null)
            {
                return null;
            }

            // The name stands in parentheses and may hold anything, blanks and parentheses too.
            var rest = stat[..count];
            rest = rest[(rest.LastIndexOf((byte)')') + 1)..];
            var fields = System.Text.Encoding.ASCII.GetString(rest).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > StartTimeAfterName
                && ulong.TryParse(fields[StartTimeAfterName], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                    ? time
                    : null;
        }
    }
}
