using System.Text.Json;
using GlmStudio.Engine;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>Reads the pictures of a call from the forms that programs send them in.</summary>
/// <remarks>A text is a data URI, an http(s) address, or base64. An object holds such a text under <c>url</c>, <c>image_url</c>, <c>data</c>,
/// <c>base64</c> or <c>image</c>, and perhaps the zero-based <c>page</c> of a PDF. An array holds several; null holds none.</remarks>
public sealed class ImageReader(ImageFetcher fetcher, IOptions<InferenceOptions> options)
{
    private static readonly string[] Names = ["url", "image_url", "data", "base64", "image"];
    private const int DeepestNesting = 3;

    /// <exception cref="EngineException">What was sent is no picture in one of these forms.</exception>
    public Task<IReadOnlyList<ImageInput>> ReadAsync(JsonElement? value, CancellationToken cancellation) => ReadAsync(value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray()],
        { } one => [one],
    }, cancellation);

    /// <summary>The same for pictures that stand in several places.</summary>
    /// <exception cref="EngineException">One of them is no picture in one of these forms.</exception>
    public async Task<IReadOnlyList<ImageInput>> ReadAsync(IReadOnlyList<JsonElement> parts, CancellationToken cancellation)
    {
        if (parts.Count > options.Value.MaxImages)
            throw new EngineException(EngineFault.BadRequest, $"{parts.Count} pictures in one question; the limit is {options.Value.MaxImages} (Inference:MaxImages).");
        var read = new List<ImageInput>();
        foreach (var part in parts)
            if (part.ValueKind is not JsonValueKind.Null and not JsonValueKind.Undefined) read.Add(await ReadOneAsync(part, 0, 0, cancellation));
        return read;
    }

    private async Task<ImageInput> ReadOneAsync(JsonElement value, int page, int depth, CancellationToken cancellation)
    {
        if (value.ValueKind == JsonValueKind.String) return new ImageInput(await BytesAsync(value.GetString()!.Trim(), cancellation), page);
        if (value.ValueKind == JsonValueKind.Object && depth < DeepestNesting)
        {
            if (value.TryGetProperty("page", out var asked) && !(asked.ValueKind == JsonValueKind.Number && asked.TryGetInt32(out page) && page >= 0))
                throw new EngineException(EngineFault.BadRequest, "The picture's \"page\" is not a whole number from 0.");
            foreach (var name in Names)
                if (value.TryGetProperty(name, out var inner) && inner.ValueKind != JsonValueKind.Null) return await ReadOneAsync(inner, page, depth + 1, cancellation);
        }
        throw new EngineException(EngineFault.BadRequest, $"A picture is a data URI, base64 text or an http(s) address, not {value.ValueKind.ToString().ToLowerInvariant()}.");
    }

    private async Task<byte[]> BytesAsync(string text, CancellationToken cancellation)
    {
        if (text is "") throw new EngineException(EngineFault.BadRequest, "The picture is an empty text: send a data URI, base64 or an http(s) address.");
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return await fetcher.FetchAsync(text, cancellation);
        if (!text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return FromBase64(text);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.AsSpan(0, comma).TrimEnd().EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            throw new EngineException(EngineFault.BadRequest, "The data URI does not hold base64: it begins with \"data:image/png;base64,\" for example.");
        return FromBase64(text[(comma + 1)..]);
    }

    private byte[] FromBase64(string text)
    {
        if (text.Length / 4L * 3 > options.Value.MaxImageBytes + 3L)
            throw new EngineException(EngineFault.ImageTooLarge, $"The picture has more than {options.Value.MaxImageBytes:N0} bytes, the limit of Inference:MaxImageBytes.");
        try
        {
            return Convert.FromBase64String(Standard(text));
        }
        catch (FormatException)
        {
            throw new EngineException(EngineFault.BadRequest, $"The picture is neither a data URI, nor base64, nor an http(s) address: it begins with \"{text[..Math.Min(text.Length, 24)]}\".");
        }
    }

    // Some encoders use the URL alphabet, or leave the padding out; white space is skipped by the decoder.
    private static string Standard(string text)
    {
        text = text.Replace('-', '+').Replace('_', '/');
        var digits = text.Length - text.Count(char.IsWhiteSpace);
        return (digits % 4) switch { 2 => text + "==", 3 => text + "=", _ => text };
    }
}
