using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Images.Pdf;

/// <summary>PDFium's IFSDK_PAUSE: asked during rendering whether to stop.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PdfPause
{
    public int Version;
    public delegate* unmanaged[Cdecl]<PdfPause*, int> NeedToPauseNow;
    public nint User;
}

/// <summary>Width and height in points of 1/72 inch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PdfSize
{
    public float Width, Height;
}

/// <summary>The C functions of PDFium that are used. Not safe for concurrent use.</summary>
internal static unsafe partial class PdfiumNative
{
    public const int ErrorPassword = 4, ErrorSecurity = 5;
    public const int BitmapBgr = 2, RenderAnnotations = 0x01, ReverseByteOrder = 0x10;
    public const int ToBeContinued = 1, Done = 2;
    private const string L = NativeParts.Pdfium;

    static PdfiumNative() => NativeParts.Register();

    [LibraryImport(L)] public static partial void FPDF_InitLibrary();
    [LibraryImport(L)] public static partial nint FPDF_LoadMemDocument64(byte* data, nuint bytes, byte* password);
    [LibraryImport(L)] public static partial uint FPDF_GetLastError();
    [LibraryImport(L)] public static partial int FPDF_GetPageCount(nint document);
    [LibraryImport(L)] public static partial int FPDF_GetPageSizeByIndexF(nint document, int page, PdfSize* size);
    [LibraryImport(L)] public static partial nint FPDF_LoadPage(nint document, int page);
    [LibraryImport(L)] public static partial nint FPDFBitmap_CreateEx(int width, int height, int format, byte* pixels, int stride);
    [LibraryImport(L)] public static partial int FPDF_RenderPageBitmap_Start(
        nint bitmap, nint page, int x, int y, int width, int height, int rotate, int flags, PdfPause* pause);
    [LibraryImport(L)] public static partial void FPDF_RenderPage_Close(nint page);
    [LibraryImport(L)] public static partial void FPDFBitmap_Destroy(nint bitmap);
    [LibraryImport(L)] public static partial void FPDF_ClosePage(nint page);
    [LibraryImport(L)] public static partial void FPDF_CloseDocument(nint document);

    /// <summary>Answers PDFium: stop when the <see cref="Deadline"/> behind <see cref="PdfPause.User"/> has passed.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int PauseWhenPassed(PdfPause* pause) => GCHandle<Deadline>.FromIntPtr(pause->User).Target.Passed ? 1 : 0;
}
