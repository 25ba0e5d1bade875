using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using GlmStudio.Web.Data.Network;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Posts one request to a messenger on the public internet, or to a host that the settings allow.</summary>
public sealed class MessageSender : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private const int MostBytes = 64 << 10;

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;

    public MessageSender(IOptions<ScheduleOptions> options, TimeProvider time)
    {
        _time = time;
        _http = new HttpMessageInvoker(new PublicConnector(options.Value.AllowedHosts, Dns.GetHostAddressesAsync, Refusal).CreateHandler());
    }

    /// <returns>Why it did not arrive, without any part of the address but its host; null where it did.</returns>
    internal async Task<string?> SendAsync(MessageRequest message, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Deadline, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Address) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.ParseAdd("GlmStudio/0.1");
        if (message.Signature is not null) request.Headers.Add("X-GlmStudio-Signature", message.Signature);
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            if (!response.IsSuccessStatusCode) return $"{message.Address.Host} answered {(int)response.StatusCode}.";
            return Refusal(message.Address, await ReadAsync(response, both.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{message.Address.Host} did not answer within {Deadline.TotalSeconds:0} s.";
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            return error.InnerException is PrivateHostException refused ? refused.Message : $"{message.Address.Host} could not be reached: {Kind(error)}.";
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostBytes];
        return buffer[..await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)];
    }

    // WeCom and DingTalk answer 200 to everything and say in "errcode" whether they took it. Their texts may repeat the address: the number is enough.
    private static string? Refusal(Uri address, byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("errcode", out var code)
                && code.ValueKind == JsonValueKind.Number && code.TryGetInt64(out var number) && number != 0 ? $"{address.Host} refused it with code {number}." : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Kind(Exception error) => error is HttpRequestException { HttpRequestError: var kind } && kind != HttpRequestError.Unknown ? kind.ToString() : error.GetType().Name;

    private static PrivateHostException Refusal(string host) =>
        new($"{host} is not on the public internet, so no message goes there. If it may, add it to the setting Schedules:AllowedHosts.");

    private sealed class PrivateHostException(string message) : Exception(message);
}
