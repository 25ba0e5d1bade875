using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;
using GlmStudio.Web.Features.Datasets.Uploads;

namespace GlmStudio.Web.Hosting;

/// <summary><c>read</c>: a folder of pictures in, the reader's transcripts out, one JSON line a picture in the order of the files.</summary>
internal sealed class ReadVerb(ImageReader images, PageTranscripts transcripts)
{
    private const int Interrupted = 130;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verb as the command line calls it.</summary>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services)
    {
        var (arguments, exitCode) = ReadArguments.Parse(args, Console.Out, Console.Error);
        if (arguments is null) return exitCode;
        using var interrupt = new Interrupt();
        var progress = new RunProgress(Console.Error, isTerminal: !Console.IsErrorRedirected);
        return await ActivatorUtilities.CreateInstance<ReadVerb>(services).HandleAsync(arguments, progress, interrupt.Token);
    }

    /// <param name="arguments">What to do.</param>
    /// <param name="progress">Tells how far it is.</param>
    /// <param name="interrupt">Ctrl+C: what was read so far is written.</param>
    public async Task<int> HandleAsync(ReadArguments arguments, RunProgress progress, CancellationToken interrupt)
    {
        var found = FolderScan.Of(Path.GetFullPath(arguments.Images), CancellationToken.None).Pictures;
        string[] files = [.. found.Take(arguments.Limit ?? found.Count)];
        if (files.Length == 0)
        {
            progress.Say($"--images: the folder {Path.GetFullPath(arguments.Images)} has no pictures.");
            return Verbs.BadArguments;
        }
        await OutputFile.WriteAsync(arguments.JsonLines, file => WriteAsync(file, arguments.Images, files, progress, interrupt));
        progress.Next();
        progress.Say($"wrote {arguments.JsonLines}");
        return interrupt.IsCancellationRequested ? Interrupted : 0;
    }

    /// <summary>As many files at a time as the reader takes pages, but their lines in order.</summary>
    private async Task WriteAsync(Stream output, string folder, string[] files, RunProgress progress, CancellationToken interrupt)
    {
        Queue<Task<byte[]>> ahead = [];
        var (next, done) = (0, 0);
        try
        {
            while (done < files.Length)
            {
                while (next < files.Length && ahead.Count < 2 * transcripts.Concurrency) ahead.Enqueue(ReadFileAsync(folder, files[next++], interrupt));
                await output.WriteAsync(await ahead.Dequeue(), CancellationToken.None);
                progress.Show("read", ++done, files.Length);
            }
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            progress.Say($"Interrupted after {done} of {files.Length} files.");
        }
        // The program is taken down after this: nothing may still be reading.
        await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<byte[]> ReadFileAsync(string folder, string file, CancellationToken interrupt)
    {
        using var lines = new MemoryStream();
        try
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file), interrupt);
            var pages = images.Probe(bytes).PageCount;
            for (var page = 0; page < pages; page++)
            {
                var transcript = await transcripts.ReadAsync(new ImageInput(bytes, page), interrupt);
                WriteLine(lines, json => Describe(json, file, pages > 1 ? page : null, transcript.Upright()));
            }
        }
        catch (Exception fault) when (fault is EngineException or IOException or UnauthorizedAccessException)
        {
            WriteLine(lines, json =>
            {
                json.WriteString("file", file);
                json.WriteString("error", fault.Message);
            });
        }
        return lines.ToArray();
    }

    private static void Describe(Utf8JsonWriter json, string file, int? page, Transcript transcript)
    {
        json.WriteString("file", file);
        if (page is { } number) json.WriteNumber("page", number);
        json.WriteNumber("width", transcript.Width);
        json.WriteNumber("height", transcript.Height);
        json.WriteStartArray("lines");
        foreach (var line in transcript.Lines)
        {
            json.WriteStartObject();
            json.WriteString("text", line.Text);
            foreach (var (name, value) in new[] { ("x", line.Box.X), ("y", line.Box.Y), ("w", line.Box.Width), ("h", line.Box.Height), ("score", line.Score) })
                json.WriteNumber(name, Math.Round(value, 5));
            json.WriteNumber("row", line.Row);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLine(MemoryStream lines, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(lines, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        lines.WriteByte((byte)'\n');
    }
}
