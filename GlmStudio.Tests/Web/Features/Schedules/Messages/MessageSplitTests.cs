using System.Text;
using System.Text.Json;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules.Messages;

namespace GlmStudio.Tests.Web.Features.Schedules.Messages;

public sealed class MessageSplitTests
{
    [Fact]
    public void Cut_ShortText_IsOnePart() => Assert.Equal(["a\n\nb"], MessageSplit.Cut("a\n\nb", 100));

    [Fact]
    public void Cut_Lines_BreaksBetweenThem() => Assert.Equal(["first line", "second line", "third"], MessageSplit.Cut("first line\nsecond line\nthird", 16));

    [Fact]
    public void Cut_LineThatIsTooLong_NeverBreaksACharacter()
    {
        var line = string.Concat(Enumerable.Repeat("票𠮷", 50));
        var parts = MessageSplit.Cut(line, 20);
        Assert.Equal(line, string.Concat(parts));
        Assert.All(parts, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), 1, 20));
    }

    [Fact]
    public void Cut_AnyText_LosesNothingAndFits()
    {
        var random = new Random(5);
        string[] pieces = ["小票", "a", "\"quoted\"", "\\", "𠮷", "\n", "\t", " ", "long-long-long-word", "\n\n"];
        for (var run = 0; run < 300; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => pieces[random.Next(pieces.Length)]));
            var limit = random.Next(16, 120);
            var parts = MessageSplit.Cut(text, limit);
            Assert.Equal(text.Replace("\n", "", StringComparison.Ordinal), string.Concat(parts).Replace("\n", "", StringComparison.Ordinal));
            Assert.All(parts, p => Assert.True(MessageSplit.Size(p) <= limit, $"{MessageSplit.Size(p)} > {limit}"));
        }
    }

    [Theory]
    [InlineData(MessageKind.WeCom, 4_096)]
    [InlineData(MessageKind.DingTalk, 20_000)]
    public void Request_LongText_StaysBelowTheMessengersLimit(MessageKind kind, int limit)
    {
        var text = string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"{i}: \"公司\" 98.13 % (23,456 / 23,905)"));
        var message = new ScheduleMessage { Text = text, Facts = "{}" };
        var parts = MessageForms.Parts(kind, message);
        Assert.True(parts.Count > 1);
        foreach (var part in parts)
            Assert.InRange(MessageForms.Request(kind, new Uri("https://chat.example/send?key=k"), "s", message, part, DateTimeOffset.UnixEpoch).Body.Length, 1, limit - 1);
        Assert.All(Enumerable.Range(0, 3_000), i => Assert.Contains(parts, p => p.Contains($"{i}: \"公司\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Request_WeCom_IsMarkdownInWhichNobodyIsCalled()
    {
        var message = new ScheduleMessage { Text = "<@all> 小票", Facts = "{}" };
        var request = MessageForms.Request(MessageKind.WeCom, new Uri("https://chat.example/send?key=k"), null, message, Assert.Single(MessageForms.Parts(MessageKind.WeCom, message)), DateTimeOffset.UnixEpoch);
        Assert.Equal("""{"msgtype":"markdown","markdown":{"content":"＜@all＞ 小票"}}""", Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public void Request_DingTalkWithSecret_IsSignedInTheAddress()
    {
        var message = new ScheduleMessage { Text = "done", Facts = "{}" };
        var request = MessageForms.Request(MessageKind.DingTalk, new Uri("https://chat.example/robot/send?access_token=t"), "SEC1", message, "done", DateTimeOffset.FromUnixTimeMilliseconds(1_600_000_000_000));
        // Reference: printf '1600000000000\nSEC1' | openssl dgst -sha256 -hmac SEC1 -binary | base64
        Assert.Equal("https://chat.example/robot/send?access_token=t&timestamp=1600000000000&sign=251ymK1DMiOoZfQVOB8rUvdQVSxdr7zMtavd%2BPlY6Ew%3D", request.Address.AbsoluteUri);
        Assert.Equal("""{"msgtype":"text","text":{"content":"done"}}""", Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public void Request_Webhook_CarriesFactsAndTheirSignature()
    {
        var message = new ScheduleMessage { Text = "done", Facts = """{"event":"batch.finished","batch":{"id":7}}""" };
        var request = MessageForms.Request(MessageKind.Webhook, new Uri("https://hook.example/"), "s", message, "done", DateTimeOffset.UnixEpoch);
        Assert.Equal((7, "done"), (JsonElement.Parse(request.Body).GetProperty("batch").GetProperty("id").GetInt32(), JsonElement.Parse(request.Body).GetProperty("text").GetString()));
        Assert.Equal($"sha256={Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("s"u8, request.Body))}", request.Signature);
    }
}
