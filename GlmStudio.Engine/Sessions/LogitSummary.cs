namespace GlmStudio.Engine.Sessions;

/// <summary>What the choice of the likeliest token takes of logits.</summary>
/// <param name="Normaliser">Logarithm of the sum of all logits' exponentials; no finite number where the logits are damaged.</param>
/// <param name="PermittedNormaliser">The same of the tokens that are permitted.</param>
/// <param name="Entropy">Entropy over those, in nats; at least 0.</param>
/// <param name="First">The likeliest permitted token; of equally likely ones the first.</param>
/// <param name="FirstLogit">Its logit; −∞ where none is permitted.</param>
/// <param name="Second">The next; null where there is none.</param>
/// <param name="SecondLogit">Its logit.</param>
internal readonly record struct LogitSummary(double Normaliser, double PermittedNormaliser, double Entropy, int First, float FirstLogit, int? Second, float SecondLogit);
