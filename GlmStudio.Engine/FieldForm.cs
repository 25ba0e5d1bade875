namespace GlmStudio.Engine;

/// <summary>What a form of fields was made of, for whoever makes it again with a page's text or reads the answer.</summary>
/// <param name="Fields">What is asked.</param>
/// <param name="Layout">How it is written.</param>
internal sealed record FieldForm(IReadOnlyList<AskedField> Fields, AnswerLayout Layout);
