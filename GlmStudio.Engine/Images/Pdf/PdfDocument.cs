using System.Buffers;
using System.Runtime.InteropServices;
using static GlmStudio.Engine.Images.Pdf.PdfiumNative;

namespace GlmStudio.Engine.Images.Pdf;

/// <summary>One open PDF. While it lives it holds the process-wide lock that PDFium needs.</summary>
internal sealed unsafe class PdfDocument : IDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static bool _initialised;
    private readonly MemoryHandle _pin;
    private readonly nint _document;

    private PdfDocument(MemoryHandle pin, nint document)
    {
        (_pin, _document) = (pin, document);
        PageCount = FPDF_GetPageCount(document);
    }

    public int PageCount { get; }

    /// <exception cref="EngineException">Encrypted or damaged: <see cref="EngineFault.UnreadableImage"/>.</exception>
    public static PdfDocument Open(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Gate.Wait(cancellation);
        var pin = bytes.Pin();
        try
        {
            if (!_initialised) FPDF_InitLibrary();
            _initialised = true;
            var document = FPDF_LoadMemDocument64((byte*)pin.Pointer, (nuint)bytes.Length, null);
            return document == 0 ? throw LoadFault(FPDF_GetLastError()) : new PdfDocument(pin, document);
        }
        catch
        {
            pin.Dispose();
            Gate.Release();
            throw;
        }
    }

    /// <summary>The page's size in points of 1/72 inch, upright.</summary>
    public (float Width, float Height) PageSize(int page)
    {
        PdfSize size;
        return FPDF_GetPageSizeByIndexF(_document, page, &size) != 0
            ? (size.Width, size.Height)
            : throw ImageFaults.Damaged(ImageFormat.Pdf, $"page {page + 1} cannot be opened");
    }

    /// <summary>Draws a page over white.</summary>
    public RgbImage Render(int page, int width, int height, Deadline deadline)
    {
        var handle = FPDF_LoadPage(_document, page);
        if (handle == 0) throw ImageFaults.Damaged(ImageFormat.Pdf, $"page {page + 1} cannot be opened");
        try
        {
            var pixels = RgbImage.Allocate(width, height);
            pixels.AsSpan().Fill(255);
            deadline.ThrowIfPassed();
            Draw(handle, pixels, width, height, deadline);
            return new RgbImage(width, height, pixels);
        }
        finally
        {
            FPDF_ClosePage(handle);
        }
    }

    public void Dispose()
    {
        FPDF_CloseDocument(_document);
        _pin.Dispose();
        Gate.Release();
    }

    private static void Draw(nint page, byte[] pixels, int width, int height, Deadline deadline)
    {
        using var user = new GCHandle<Deadline>(deadline);
        var pause = new PdfPause { Version = 1, NeedToPauseNow = &PauseWhenPassed, User = GCHandle<Deadline>.ToIntPtr(user) };
        fixed (byte* target = pixels)
        {
            var bitmap = FPDFBitmap_CreateEx(width, height, BitmapBgr, target, width * 3);
            if (bitmap == 0) throw new EngineException(EngineFault.OutOfMemory,
                $"No memory to draw a PDF page of {width} × {height} pixels. Try again later.");
            var status = FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, RenderAnnotations | ReverseByteOrder, &pause);
            FPDF_RenderPage_Close(page);
            FPDFBitmap_Destroy(bitmap);
            if (status == ToBeContinued) deadline.ThrowIfPassed();
            if (status != Done) throw ImageFaults.Damaged(ImageFormat.Pdf, "a page cannot be drawn");
        }
    }

    private static EngineException LoadFault(uint error) => error switch
    {
        ErrorPassword => ImageFaults.Unreadable("This PDF is protected by a password. Save it without one and upload that."),
        ErrorSecurity =>
            ImageFaults.Unreadable("This PDF is protected in a way that cannot be read. Print it to a new PDF and upload that."),
        _ => ImageFaults.Damaged(ImageFormat.Pdf, $"PDFium error {error}"),
    };
}
