namespace GlmStudio.Tests.Support;

/// <summary>The GLM-4V checkpoint of 600 thousand random weights in the fixtures.</summary>
public static class TinyCheckpoint
{
    /// <summary>The name its engine has.</summary>
    public const string Name = "glm4v-11";

    /// <summary>The folder that holds it.</summary>
    public static string Models { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference");

    public static string Folder { get; } = Path.Combine(Models, Name);

    /// <summary>One of the fixture's pictures as a data URI.</summary>
    public static string Picture(string file) => $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(Path.Combine(Folder, file)))}";
}
