using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary><c>GET /v1/models</c>: the engines that can be asked now, the default first.</summary>
internal sealed class ListModels(EngineCatalog engines, TimeProvider time)
{
    // OpenAI's clients expect a time; an engine has none of its own, so it is the server's start.
    private readonly long _since = time.GetUtcNow().ToUnixTimeSeconds();

    public static IResult Handle(ListModels door) => Doors.Ok(new ModelList([.. door.List()]));

    private IEnumerable<ModelEntry> List() => engines.List().Select(e => new ModelEntry(e.Name, _since, e.Description));
}

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
public sealed record ModelList(IReadOnlyList<ModelEntry> Data)
{
    public string Object => "list";
}

/// <summary>One engine.</summary>
/// <param name="Id">The name to put into "model".</param>
/// <param name="Created">Seconds since 1970, UTC.</param>
/// <param name="Description">What it is, in one sentence.</param>
public sealed record ModelEntry(string Id, long Created, string Description)
{
    public string Object => "model";

    [System.Text.Json.Serialization.JsonPropertyName("owned_by")]
    public string OwnedBy => "glm-studio";
}
