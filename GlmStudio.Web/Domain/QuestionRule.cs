namespace GlmStudio.Web.Domain;

/// <summary>Sends free questions with certain words to a template's fields, so that they are answered in its form and under its rules.</summary>
public sealed class QuestionRule
{
    public int Id { get; set; }

    /// <summary>Rules are tried in this order; the first that fits answers.</summary>
    public int Ordinal { get; set; }

    /// <summary>Alternatives, one a line: a question fits where it holds one of them. With <see cref="IsPattern"/> one regular expression.</summary>
    public required string Words { get; set; }

    public bool IsPattern { get; set; }

    /// <summary>The template whose newest version is asked.</summary>
    public int TemplateId { get; set; }
    public Template? Template { get; set; }

    /// <summary>Only these fields are asked for; empty: all.</summary>
    public List<string> FieldKeys { get; set; } = [];

    public DateTime CreatedAt { get; set; }
}
