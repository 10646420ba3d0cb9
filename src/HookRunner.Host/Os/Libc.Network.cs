using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Calls for connections. The framework's sockets would cost a megabyte of executable and a thread pool.</summary>
internal static partial class Libc
{
    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static unsafe partial int Connect(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static unsafe partial int Bind(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static unsafe partial int GetSocketOption(int socket, int level, int option, int* value, uint* length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(int socket, byte* buffer, nint count, int flags);

    /// <summary>Returns an error number of its own kind (EAI_...); blocks as long as the resolver is set to wait.</summary>
    [LibraryImport(Library, EntryPoint = "getaddrinfo", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int GetAddresses(string host, byte* service, AddressInfo* hints, AddressInfo** result);

    [LibraryImport(Library, EntryPoint = "freeaddrinfo")]
    public static unsafe partial void FreeAddresses(AddressInfo* list);

    /// <summary>struct addrinfo of glibc on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct AddressInfo
    {
        public int Flags;
        public int Family;
        public int Type;
        public int Protocol;
        public uint Length;
        public byte* Address;
        public byte* CanonicalName;
        public AddressInfo* Next;
    }
}
