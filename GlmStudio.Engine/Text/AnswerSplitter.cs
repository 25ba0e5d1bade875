namespace GlmStudio.Engine.Text;

/// <summary>Keeps a model's thinking apart from its answer: <c>&lt;think&gt;…&lt;/think&gt;</c> by token, not by letters.</summary>
/// <param name="thinkStart">Id of <c>&lt;think&gt;</c>, or null where the vocabulary has none.</param>
/// <param name="thinkEnd">Id of <c>&lt;/think&gt;</c>.</param>
/// <param name="hidden">Ids shown to nobody: the box markers around a grounded answer, and every special token.</param>
internal sealed class AnswerSplitter(int? thinkStart, int? thinkEnd, Func<int, bool> hidden)
{
    /// <summary>Whether the next text belongs to the thinking.</summary>
    public bool IsThinking { get; private set; }

    /// <summary>Whether a token's bytes are shown. Marks the borders of the thinking.</summary>
    public bool Shows(int token)
    {
        if (token == thinkStart) IsThinking = true;
        else if (token == thinkEnd) IsThinking = false;
        else return !hidden(token);
        return false;
    }
}
