namespace GlmStudio.Engine.Text.Schemas;

/// <summary>A schema that is wrong or asks for what is not enforced here; the message names the keyword and its place.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="pointer">JSON pointer of the schema that holds it.</param>
/// <param name="why">What is wrong with it.</param>
internal sealed class SchemaException(string keyword, string pointer, string why) : Exception($"\"{keyword}\" at {(pointer.Length == 0 ? "the root" : pointer)}: {why}.");
