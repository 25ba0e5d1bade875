using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine;

/// <summary>Gives a checkpoint the printed text of its pictures.</summary>
/// <param name="pages">Reads the pictures' text; null where this process has no reader.</param>
/// <param name="tokenizer">The checkpoint's.</param>
internal sealed class PageGrounding(PageTranscripts? pages, Tokenizer tokenizer)
{
    /// <summary>Whether a request that does not say gets the page's text.</summary>
    public bool IsDefault { get; } = tokenizer.AddedId(TranscriptText.Begin) is not null;

    /// <summary>Whether a request that does not say can be answered here.</summary>
    public bool CanDefault => pages is not null || !IsDefault;

    /// <summary>The transcripts of a request's pictures, or none where it goes without.</summary>
    /// <exception cref="EngineException">The page's text is wanted and there is no reader, or a picture cannot be read.</exception>
    public async Task<IReadOnlyList<Transcript>> ReadAsync(GlmRequest request, CancellationToken cancellation)
    {
        var isWanted = request.Grounding is Grounding.PageText or Grounding.TextOnly || (request.Grounding == Grounding.ModelDefault && IsDefault);
        if (!isWanted || request.Images.Count == 0) return [];
        if (pages is null)
            throw new EngineException(EngineFault.BadRequest, "The page's text was asked for with the picture, but this engine was loaded without a reader. Ask with the picture only.");
        return await Task.WhenAll(request.Images.Select(image => pages.ReadAsync(image, cancellation)));
    }

    /// <summary>The conversation with each picture's text directly after the picture, or in its place.</summary>
    public IReadOnlyList<ChatMessage> Insert(IReadOnlyList<ChatMessage> messages, IReadOnlyList<Transcript> transcripts, bool keepsPictures)
    {
        if (transcripts.Count == 0) return messages;
        var next = new Queue<Transcript>(transcripts);
        return [.. messages.Select(m => m with { Parts = [.. m.Parts.SelectMany(WithText)] })];

        IEnumerable<ChatPart> WithText(ChatPart part)
        {
            if (part.Text is not null || keepsPictures) yield return part;
            if (part.Text is null && next.TryDequeue(out var transcript)) yield return new ChatPart(TranscriptText.Write(Placed(transcript), tokenizer));
        }
    }

    private static PlacedText[] Placed(Transcript transcript) =>
        [.. transcript.Upright().Lines.Select(l => new PlacedText(l.Box.X, l.Box.X + l.Box.Width, l.Box.Y + l.Box.Height / 2, l.Text))];
}
