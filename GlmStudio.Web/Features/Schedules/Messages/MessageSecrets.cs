using System.Security.Cryptography;
using GlmStudio.Web.Domain;
using Microsoft.AspNetCore.DataProtection;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Encrypts addresses and secrets with the keys of the data folder, and reads them back for sending only.</summary>
public sealed class MessageSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("schedule messages");

    /// <summary>What the form says, made ready for storage.</summary>
    /// <param name="draft">What the form says.</param>
    /// <param name="before">What is stored: empty fields of the form keep it.</param>
    /// <param name="problem">What is wrong with the form, or null.</param>
    public MessageTarget? Seal(MessageDraft draft, MessageTarget? before, out ScheduleProblem? problem)
    {
        problem = null;
        if (draft.Kind is not { } kind) return null;
        var keeps = draft.Address.Length == 0 && before?.Kind == kind;
        Uri? address = null;
        if (!keeps && (!Uri.TryCreate(draft.Address.Trim(), UriKind.Absolute, out address) || address.Scheme is not ("https" or "http") || address.UserInfo is not "" || address.AbsoluteUri.Length > 1_000))
        {
            problem = new("The messages' address is not an http or https address.");
            return null;
        }
        return new MessageTarget
        {
            Kind = kind, OnlyOnTrouble = draft.OnlyOnTrouble,
            Host = keeps ? before!.Host : address!.Host, Address = keeps ? before!.Address : _protector.Protect(address!.AbsoluteUri),
            Secret = draft.Secret.Length > 0 ? _protector.Protect(draft.Secret.Trim()) : keeps ? before!.Secret : null,
        };
    }

    /// <summary>The address and the secret in clear; null where this machine has other keys.</summary>
    internal (Uri Address, string? Secret)? Open(MessageTarget target)
    {
        try
        {
            return (new Uri(_protector.Unprotect(target.Address)), target.Secret is { } secret ? _protector.Unprotect(secret) : null);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What a form says about messages.</summary>
public sealed class MessageDraft
{
    /// <summary>Null: no messages.</summary>
    public MessageKind? Kind { get; set; }

    /// <summary>Empty keeps the stored one.</summary>
    public string Address { get; set; } = "";

    /// <summary>Empty keeps the stored one.</summary>
    public string Secret { get; set; } = "";

    public bool OnlyOnTrouble { get; set; }
}
