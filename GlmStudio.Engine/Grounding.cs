namespace GlmStudio.Engine;

/// <summary>Whether a checkpoint is given the printed text of the pictures besides the pictures. docs/transcript.md has the form.</summary>
public enum Grounding
{
    /// <summary>As the checkpoint was trained: with the page's text where its tokenizer has the transcript's tokens, without it otherwise.</summary>
    ModelDefault,
    /// <summary>With the page's text after each picture.</summary>
    PageText,
    /// <summary>The pictures only.</summary>
    PictureOnly,
    /// <summary>The page's text in place of each picture: what the model makes of the text alone.</summary>
    TextOnly,
}
