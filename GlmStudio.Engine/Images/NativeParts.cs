using System.Reflection;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Images;

/// <summary>Where the native libraries of this folder lie: in <c>native/</c> beside the program. Loaded once and never unloaded.</summary>
internal static class NativeParts
{
    public const string Vips = "libvips-cpp.so.8.18.7";
    public const string Pdfium = "libpdfium.so";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeParts).Assembly, Resolve);
        return true;
    });

    /// <summary>Must run before the first native call.</summary>
    public static void Register() => _ = Registered.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name is not (Vips or Pdfium)) return 0;
        var path = Path.Combine(AppContext.BaseDirectory, "native", name);
        return NativeLibrary.TryLoad(path, out var library) ? library
            : throw new DllNotFoundException(
                $"{path} cannot be loaded. Build again: `npm ci` brings it and the build copies it (Linux x64, glibc 2.28 or newer).");
    }
}
