using System.Runtime.CompilerServices;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Engine;

/// <summary>What one engine has worked out of the forms its requests asked for; a form's masks live as long as the form.</summary>
/// <param name="tokenizer">The engine's vocabulary.</param>
/// <param name="vocabulary">Logits the model gives.</param>
/// <param name="stops">Tokens that end an answer.</param>
internal sealed class FormGuides(Tokenizer tokenizer, int vocabulary, IReadOnlySet<int> stops)
{
    private readonly Lazy<TokenBytes> _tokens = new(() => new TokenBytes(tokenizer, vocabulary));
    private readonly ConditionalWeakTable<AnswerForm, FormMasks> _masks = [];
    private readonly int? _thinkStart = tokenizer.AddedId("<think>");
    private readonly int? _thinkEnd = tokenizer.AddedId("</think>");

    /// <summary>The guide of a request's answer, or null where it asks for no form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="prompt">Its prompt's tokens.</param>
    public AnswerGuide? For(GlmRequest request, List<int> prompt)
    {
        if (request.Form is not { } form) return null;
        var masks = _masks.GetValue(form, f => new FormMasks(f.Grammar, _tokens.Value));
        var isThinking = _thinkStart is { } start && _thinkEnd is { } end && prompt.LastIndexOf(start) > prompt.LastIndexOf(end);
        return new AnswerGuide(new FormState(masks), form.LongestTokens, request.Thinking ? _thinkStart : null, _thinkEnd, isThinking, stops);
    }
}
