namespace GlmStudio.Web.Data;

/// <summary>Where this program keeps everything it writes, and where the shipped samples are.</summary>
public sealed record DataFolder(string Path, string Samples);
