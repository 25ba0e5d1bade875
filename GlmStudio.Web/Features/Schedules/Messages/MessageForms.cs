using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>One request to a messenger.</summary>
internal sealed record MessageRequest(Uri Address, byte[] Body, string? Signature);

/// <summary>The JSON and the limits of each messenger.</summary>
internal static class MessageForms
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Room for the JSON around the text and for "(12/34)".
    private const int Envelope = 128;

    /// <summary>Every body stays below this many bytes.</summary>
    public static int Limit(MessageKind kind) => kind switch
    {
        MessageKind.WeCom => 4_096,
        MessageKind.DingTalk => 20_000,
        _ => 64 << 10,
    };

    /// <summary>The texts that a message is sent as, numbered where there are several.</summary>
    public static IReadOnlyList<string> Parts(MessageKind kind, ScheduleMessage message)
    {
        var room = Limit(kind) - Envelope - (kind == MessageKind.Webhook ? Encoding.UTF8.GetByteCount(message.Facts) : 0);
        var parts = MessageSplit.Cut(kind == MessageKind.WeCom ? Plain(message.Text) : message.Text, Math.Max(1_024, room));
        return parts.Count == 1 ? parts : [.. parts.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"({i + 1}/{parts.Count}) {p}"))];
    }

    public static MessageRequest Request(MessageKind kind, Uri address, string? secret, ScheduleMessage message, string text, DateTimeOffset now) => kind switch
    {
        MessageKind.WeCom => new(address, Bytes(new JsonObject { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["content"] = text } }), null),
        MessageKind.DingTalk => new(Signed(address, secret, now), Bytes(new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } }), null),
        _ => Webhook(address, secret, message, text),
    };

    // WeCom reads <@all> and <font …> in what people call their datasets.
    private static string Plain(string text) => text.Replace('<', '＜').Replace('>', '＞');

    private static MessageRequest Webhook(Uri address, string? secret, ScheduleMessage message, string text)
    {
        var body = JsonNode.Parse(message.Facts)!.AsObject();
        body["text"] = text;
        var bytes = Bytes(body);
        return new(address, bytes, secret is null ? null : $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))}");
    }

    /// <summary>DingTalk: base64(HMAC-SHA256(secret, "milliseconds\nsecret")) beside the time, in the address.</summary>
    private static Uri Signed(Uri address, string? secret, DateTimeOffset now)
    {
        if (secret is null) return address;
        var stamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}\n{secret}")));
        return new Uri($"{address.AbsoluteUri}{(address.Query.Length > 0 ? '&' : '?')}timestamp={stamp}&sign={Uri.EscapeDataString(sign)}");
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(Json));
}
