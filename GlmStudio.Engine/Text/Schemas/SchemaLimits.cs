using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>Bounds where a schema gives none: an answer always has a longest form.</summary>
/// <param name="MostCharacters">Characters of a text without maxLength.</param>
/// <param name="MostItems">Items of an array without maxItems, and properties of an object without properties.</param>
/// <param name="MostDepth">Arrays and objects inside each other where the schema leaves the value open.</param>
/// <param name="Page">The page that values may be copied from; null: <see cref="SchemaKeywords.Copied"/> is no keyword.</param>
/// <param name="WhiteSpace">0: one blank after each comma and colon and none elsewhere. Otherwise the most white space between two tokens.</param>
internal sealed record SchemaLimits(int MostCharacters = 500, int MostItems = 64, int MostDepth = 5, int WhiteSpace = 0, CopiedPage? Page = null);
