namespace GlmStudio.Engine.Prompts;

/// <summary>A token matched as a whole before anything is split: <c>&lt;|user|&gt;</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="IsSpecial">Whether decoding for people leaves it out.</param>
/// <param name="StripLeft">Whether white space before it belongs to it.</param>
/// <param name="StripRight">Whether white space after it belongs to it.</param>
/// <param name="SingleWord">Whether it is only matched between word boundaries.</param>
public sealed record AddedToken(int Id, string Content, bool IsSpecial, bool StripLeft, bool StripRight, bool SingleWord);
