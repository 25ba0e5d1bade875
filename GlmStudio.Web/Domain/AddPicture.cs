namespace GlmStudio.Web.Domain;

/// <summary>Adds a file to a dataset under a path. Datasets registers it; Schedules calls it for watched folders.</summary>
public delegate Task<PictureAdded> AddPicture(int datasetId, string path, Stream content, CancellationToken cancellation);

/// <summary>What became of the file.</summary>
/// <param name="IsNew">The dataset has a picture more.</param>
/// <param name="Problem">Why it has not, or null.</param>
public sealed record PictureAdded(bool IsNew, string? Problem);
