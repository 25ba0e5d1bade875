using System.Diagnostics;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine;

/// <summary>Makes the form of an answer one of copied values, where the page's text is known.</summary>
/// <param name="isOn">Whether values are copied at all.</param>
internal sealed class CopiedForms(bool isOn)
{
    /// <summary>The request with the form for its pages. It keeps its own form, which is counted, where no page's text is known or the pages have too much of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pages">The transcripts of its pictures; none where it goes without.</param>
    public GlmRequest For(GlmRequest request, IReadOnlyList<Transcript> pages)
    {
        if (!isOn || request.Form?.Fields is not { } asked || !asked.Fields.Any(f => f.IsCopied)) return request;
        string[] lines = [.. pages.SelectMany(p => p.Lines.Select(l => l.Text).Concat(StackedLines.Of(p)))];
        var started = Stopwatch.GetTimestamp();
        if (lines.Length == 0 || Copied(asked, lines) is not { } form)
        {
            EngineMeters.FreeForms.Add(1);
            return request;
        }
        EngineMeters.CopiedForm.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        return request with { Form = form };
    }

    private static AnswerForm? Copied(FieldForm asked, string[] lines)
    {
        try
        {
            return AnswerForm.OfFields(asked.Fields, lines, asked.Layout);
        }
        catch (EngineException)
        {
            return null;
        }
    }
}
