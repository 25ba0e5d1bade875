using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Sessions;

/// <summary>What an image became.</summary>
/// <param name="Values">[features, hidden].</param>
/// <param name="Grid">Features, vertically and horizontally.</param>
internal sealed record ImageFeatures(float[] Values, FeatureGrid Grid);
