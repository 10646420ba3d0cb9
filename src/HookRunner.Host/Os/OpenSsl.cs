using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>
/// The few functions of OpenSSL that a client needs, from 1.0.2 to 3.x, looked up in the host's own library when an https
/// URL is met: the framework's TLS would cost a megabyte, and aborts the process on a host without OpenSSL.
/// </summary>
internal sealed unsafe class OpenSsl
{
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.10", "libssl.so.1.0.2", "libssl.so.1.0.0"];

    private readonly nint _library;

    private OpenSsl(nint library) => _library = library;

    /// <summary>Null where this host has none.</summary>
    public static OpenSsl? Find()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return new OpenSsl(library);
            }
        }

        return null;
    }

    /// <summary>SSL_CTX_new(3), with the host's trusted certificates; peers are verified unless <paramref name="isInsecure"/>.</summary>
    public nint NewContext(bool isInsecure)
    {
        const int setMinimum = 123, tls12 = 0x0303;
        if (Has("SSL_library_init", out var initialise))
        {
            _ = ((delegate* unmanaged<int>)initialise)();
        }

        var method = Has("TLS_client_method", out var modern) ? modern : Get("SSLv23_client_method");
        var context = ((delegate* unmanaged<nint, nint>)Get("SSL_CTX_new"))(((delegate* unmanaged<nint>)method)());
        _ = ((delegate* unmanaged<nint, int, nint, nint, nint>)Get("SSL_CTX_ctrl"))(context, setMinimum, tls12, 0);
        _ = ((delegate* unmanaged<nint, int>)Get("SSL_CTX_set_default_verify_paths"))(context);
        ((delegate* unmanaged<nint, int, nint, void>)Get("SSL_CTX_set_verify"))(context, isInsecure ? 0 : 1, 0);
        return context;
    }

    /// <summary>SSL_new(3) over a socket, for this host: its name is sent and, like its certificate, checked.</summary>
    public nint NewSession(nint context, int descriptor, string host, bool isAddress)
    {
        const int setHostName = 55;
        var session = ((delegate* unmanaged<nint, nint>)Get("SSL_new"))(context);
        _ = ((delegate* unmanaged<nint, int, int>)Get("SSL_set_fd"))(session, descriptor);
        var parameters = ((delegate* unmanaged<nint, nint>)Get("SSL_get0_param"))(session);
        fixed (byte* name = Encoding.UTF8.GetBytes(host + "\0"))
        {
            if (isAddress)
            {
                _ = ((delegate* unmanaged<nint, byte*, int>)Get("X509_VERIFY_PARAM_set1_ip_asc"))(parameters, name);
            }
            else
            {
                _ = ((delegate* unmanaged<nint, int, nint, byte*, nint>)Get("SSL_ctrl"))(session, setHostName, 0, name);
                _ = ((delegate* unmanaged<nint, byte*, nuint, int>)Get("X509_VERIFY_PARAM_set1_host"))(parameters, name, 0);
            }
        }

        return session;
    }

    public int Connect(nint session)
    {
        ForgetErrors();
        return ((delegate* unmanaged<nint, int>)Get("SSL_connect"))(session);
    }

    public int Read(nint session, byte* buffer, int count)
    {
        ForgetErrors();
        return ((delegate* unmanaged<nint, byte*, int, int>)Get("SSL_read"))(session, buffer, count);
    }

    public int Write(nint session, byte* buffer, int count)
    {
        ForgetErrors();
        return ((delegate* unmanaged<nint, byte*, int, int>)Get("SSL_write"))(session, buffer, count);
    }

    /// <summary>SSL_get_error(3).</summary>
    public int ErrorOf(nint session, int result) => ((delegate* unmanaged<nint, int, int>)Get("SSL_get_error"))(session, result);

    /// <summary>Why the peer's certificate was not taken; null where that was not the matter.</summary>
    public string? CertificateProblem(nint session)
    {
        var code = ((delegate* unmanaged<nint, nint>)Get("SSL_get_verify_result"))(session);
        return code == 0 ? null : Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)Get("X509_verify_cert_error_string"))(code));
    }

    /// <summary>The reason of the last failure in this thread, such as `wrong version number`.</summary>
    public string? LastReason()
    {
        var code = ((delegate* unmanaged<nuint>)Get("ERR_get_error"))();
        return code == 0 ? null : Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nuint, byte*>)Get("ERR_reason_error_string"))(code));
    }

    public void Free(nint session, nint context)
    {
        ((delegate* unmanaged<nint, void>)Get("SSL_free"))(session);
        ((delegate* unmanaged<nint, void>)Get("SSL_CTX_free"))(context);
    }

    private void ForgetErrors() => ((delegate* unmanaged<void>)Get("ERR_clear_error"))();

    private bool Has(string name, out nint function) => NativeLibrary.TryGetExport(_library, name, out function);

    private nint Get(string name) => NativeLibrary.GetExport(_library, name);
}
