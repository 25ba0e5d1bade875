using System.Text.Json.Nodes;

namespace GlmStudio.Tests.Support;

/// <summary>The tiny checkpoint with a transcript's tokens in its tokenizer, in a folder of its own. The model's table is small: many places share an id.</summary>
public sealed class GroundedCheckpoint : IDisposable
{
    public const int Begin = 544, End = 545;
    private const int FirstX = 546, FirstY = 561, Shared = 15;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("glm-grounded-");

    public GroundedCheckpoint()
    {
        Folder = _parent.CreateSubdirectory("tiny-grounded").FullName;
        foreach (var file in Directory.GetFiles(TinyCheckpoint.Folder).Where(f => Path.GetExtension(f) is ".json" || Path.GetFileName(f) is "model.safetensors"))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        var path = Path.Combine(Folder, "tokenizer.json");
        var tokenizer = JsonNode.Parse(File.ReadAllText(path))!;
        var added = tokenizer["added_tokens"]!.AsArray();
        foreach (var (id, content) in Tokens()) added.Add(new JsonObject { ["id"] = id, ["content"] = content, ["special"] = true });
        File.WriteAllText(path, tokenizer.ToJsonString());
    }

    /// <summary>The models folder that holds it.</summary>
    public string Models => _parent.FullName;

    public string Folder { get; }

    public void Dispose() => _parent.Delete(recursive: true);

    private static IEnumerable<(int Id, string Content)> Tokens() =>
    [
        (Begin, "<|begin_of_transcript|>"), (End, "<|end_of_transcript|>"),
        .. Enumerable.Range(0, 100).Select(i => (FirstX + i % Shared, $"<|x{i}|>")), .. Enumerable.Range(0, 200).Select(i => (FirstY + i % Shared, $"<|y{i}|>")),
    ];
}
