namespace GlmStudio.Engine.Values;

/// <summary>The values that a free question asks for by name, as far as the reader's rules understand it.</summary>
public static class QuestionFields
{
    /// <summary>"给我店名、日期、总额" → three fields with the types that such names usually have; empty where the question names none.</summary>
    /// <param name="question">The question in English or Chinese; its first 8,000 characters are read.</param>
    public static IReadOnlyList<AskedField> Find(string question) =>
        PromptReader.Read(question) is { Kind: PromptKind.Json or PromptKind.Form or PromptKind.Single } wish ? wish.Fields : [];
}
