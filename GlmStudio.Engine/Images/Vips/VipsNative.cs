using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Images.Vips;

/// <summary>GLib's tagged value: a type and 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong Data0, Data1;
}

/// <summary>The plain C functions of libvips, GObject and GLib that are used; one file exports them all.</summary>
internal static unsafe partial class VipsNative
{
    private const string L = NativeParts.Vips;

    static VipsNative() => NativeParts.Register();

    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)] public static partial int vips_init(string name);
    [LibraryImport(L)] public static partial void vips_thread_shutdown();
    [LibraryImport(L)] public static partial void vips_block_untrusted_set(int state);
    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_operation_block_set(string name, int state);
    [LibraryImport(L)] public static partial void vips_cache_set_max(int count);
    [LibraryImport(L)] public static partial void vips_cache_set_max_mem(nuint bytes);
    [LibraryImport(L)] public static partial void vips_cache_set_max_files(int count);
    [LibraryImport(L)] public static partial void vips_concurrency_set(int threads);
    [LibraryImport(L)] public static partial nint vips_error_buffer_copy();
    [LibraryImport(L)] public static partial int vips_tracked_get_allocs();

    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)] public static partial nint vips_operation_new(string name);
    [LibraryImport(L)] public static partial nint vips_cache_operation_build(nint operation);
    [LibraryImport(L)] public static partial void vips_object_unref_outputs(nint operation);
    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_object_set_argument_from_string(nint operation, string name, string value);

    [LibraryImport(L)] public static partial nuint vips_image_get_type();
    [LibraryImport(L)]
    public static partial nint vips_image_new_from_memory(byte* pixels, nuint bytes, int width, int height, int bands, int format);
    [LibraryImport(L)] public static partial int vips_image_get_width(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_height(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_bands(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_format(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_interpretation(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_orientation(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_get_n_pages(VipsImage image);
    [LibraryImport(L)] public static partial int vips_image_hasalpha(VipsImage image);
    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint vips_image_get_typeof(VipsImage image, string name);
    [LibraryImport(L)] public static partial nint vips_region_new(VipsImage image);
    [LibraryImport(L)]
    public static partial byte* vips_region_fetch(nint region, int left, int top, int width, int height, out nuint bytes);

    [LibraryImport(L)] public static partial nuint vips_blob_get_type();
    [LibraryImport(L)] public static partial nint vips_blob_new(nint free, byte* data, nuint bytes);
    [LibraryImport(L)] public static partial byte* vips_blob_get(nint blob, out nuint bytes);
    [LibraryImport(L)] public static partial void vips_area_unref(nint area);

    [LibraryImport(L)] public static partial nint g_object_ref(nint instance);
    [LibraryImport(L)] public static partial void g_object_unref(nint instance);
    [LibraryImport(L)] public static partial void g_free(nint memory);
    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(nint instance, string name, GValue* value);
    [LibraryImport(L, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(nint instance, string name, GValue* value);
    [LibraryImport(L)] public static partial GValue* g_value_init(GValue* value, nuint type);
    [LibraryImport(L)] public static partial void g_value_unset(GValue* value);
    [LibraryImport(L)] public static partial void g_value_set_object(GValue* value, nint instance);
    [LibraryImport(L)] public static partial nint g_value_get_object(GValue* value);
    [LibraryImport(L)] public static partial void g_value_set_boxed(GValue* value, nint boxed);
    [LibraryImport(L)] public static partial nint g_value_get_boxed(GValue* value);
    [LibraryImport(L)]
    public static partial nint g_log_set_default_handler(delegate* unmanaged[Cdecl]<byte*, int, byte*, nint, void> handler, nint data);

    /// <summary>Takes GLib's warnings, which damaged headers cause and which would go to the console; return codes tell us all we
    /// need.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Ignore(byte* domain, int level, byte* message, nint data)
    {
    }
}
