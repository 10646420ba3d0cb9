using System.Buffers.Text;
using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>What /proc/PID/stat says of a process at one moment.</summary>
/// <param name="Session">The pid of the one that called setsid(2); daemons have one of their own.</param>
/// <param name="Threads">How many it has.</param>
/// <param name="StartTime">Clock ticks since boot; with the pid it is the process's identity.</param>
internal readonly record struct ProcessStat(int Id, int Parent, int Session, char State, int Threads, ulong StartTime)
{
    // Fields counted from the one behind the name, which may hold blanks and parentheses (proc(5)).
    private const int StateField = 0, ParentField = 1, SessionField = 3, ThreadsField = 17, StartTimeField = 19;

    public ProcessIdentity Identity => new(Id, StartTime);

    /// <summary>False for a zombie: it is only a status that nobody has asked for yet.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    public bool IsUninterruptible => State == 'D';

    /// <summary>Null where there is no such process.</summary>
    public static ProcessStat? Read(int id)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var stat = ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), buffer);
        var nameEnd = stat.LastIndexOf((byte)')');
        if (nameEnd < 0 || nameEnd + 2 >= stat.Length)
        {
            return null;
        }

        var result = new ProcessStat { Id = id };
        var index = 0;
        var fields = stat[(nameEnd + 2)..];
        foreach (var range in fields.Split((byte)' '))
        {
            var field = fields[range];
            switch (index++)
            {
                case StateField:
                    result = result with { State = (char)field[0] };
                    break;
                case ParentField:
                    result = result with { Parent = (int)Number(field) };
                    break;
                case SessionField:
                    result = result with { Session = (int)Number(field) };
                    break;
                case ThreadsField:
                    result = result with { Threads = (int)Number(field) };
                    break;
                case StartTimeField:
                    return result with { StartTime = Number(field) };
            }
        }

        return null;
    }

    private static ulong Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ulong value, out _) ? value : 0;
}
