using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

/// <summary>Small valid drafts to start from.</summary>
internal static class Drafts
{
    public static TemplateDraft Ticket(params string[] keys) => new()
    {
        Key = "ticket", Name = "车票", Instruction = "Read the ticket.",
        Fields = [.. (keys.Length > 0 ? keys : ["from", "to"]).Select(k => new Field { Key = k, Label = k, Type = FieldType.Text })],
    };
}
