namespace GlmStudio.Web.Domain;

/// <summary>Where a schedule's messages go. Address and secret are kept encrypted: whoever has them can write to the group.</summary>
public sealed class MessageTarget
{
    public MessageKind Kind { get; set; }

    /// <summary>The host alone, for people: the rest of the address is a key.</summary>
    public required string Host { get; set; }

    /// <summary>The whole address, encrypted.</summary>
    public required string Address { get; set; }

    /// <summary>What messages are signed with, encrypted; null: not signed.</summary>
    public string? Secret { get; set; }

    /// <summary>Nothing is said of batches that finished without a failed row.</summary>
    public bool OnlyOnTrouble { get; set; }
}

/// <summary>Whose form a message has.</summary>
public enum MessageKind { WeCom, DingTalk, Webhook }
