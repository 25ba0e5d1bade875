using System.Runtime.InteropServices;
using static GlmStudio.Engine.Images.Vips.VipsNative;

namespace GlmStudio.Engine.Images.Vips;

/// <summary>An operation of libvips failed; the text is a hint only, it may belong to another thread's error.</summary>
internal sealed class VipsException(string message) : Exception(message);

/// <summary>Starts libvips once for the process. It is never shut down: starting it again would crash.</summary>
internal static unsafe class VipsLibrary
{
    // Everything else that libvips could load (SVG, PDF, camera formats, its own) stays blocked.
    private static readonly string[] Loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"];

    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Must run before any other use.</summary>
    public static void Require() => _ = Started.Value;

    /// <summary>The first line of libvips' error text, which is emptied.</summary>
    public static VipsException TakeError()
    {
        var text = vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8(text) ?? "";
        g_free(text);
        return new VipsException(message.Split('\n', 2)[0].Trim());
    }

    private static bool Start()
    {
        if (vips_init("GlmStudio") != 0) throw TakeError();
        g_log_set_default_handler(&Ignore, 0);
        vips_cache_set_max(0);   // every file is read once: keep nothing
        vips_cache_set_max_mem(0);
        vips_cache_set_max_files(0);
        vips_concurrency_set(1);   // callers work on several images at once
        vips_block_untrusted_set(1);
        vips_operation_block_set("VipsForeignLoad", 1);
        foreach (var loader in Loaders) vips_operation_block_set("VipsForeignLoad" + loader, 0);
        return true;
    }
}
