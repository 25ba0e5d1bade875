using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>What a template version asks of every picture, prepared once a batch.</summary>
public sealed record Question(string Prompt, IReadOnlyList<Field> Fields, IReadOnlyList<AskedField>? Asked, Grounding Grounding, AnswerLayout Layout)
{
    /// <summary>What the answer must be; null for a free question.</summary>
    public AnswerForm? Form { get; } = Asked is null ? null : AnswerForm.OfFields(Asked, Layout);

    /// <summary>What happens to the values after they were read.</summary>
    public FieldRules Rules { get; } = FieldRules.Of(Fields);

    /// <summary>Each field asked for alone, by its key, to confirm its value on a crop; none where the version does not want it.</summary>
    public IReadOnlyDictionary<string, Question> Alone { get; private init; } = new Dictionary<string, Question>();

    /// <summary>A version without fields is a free question.</summary>
    /// <param name="version">The version.</param>
    /// <param name="grounding">Weighs more than the version's own word.</param>
    public static Question Of(TemplateVersion version, Grounding? grounding) => Whole(version, grounding) with
    {
        Alone = version.Confirms ? version.ReadFields.ToDictionary(f => f.Key, f => Whole(version.With([f]), grounding), StringComparer.Ordinal) : new Dictionary<string, Question>(),
    };

    /// <summary>The request about one picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="maxTokens">Tokens of the answer, unless its form may need more.</param>
    public GlmRequest About(ImageInput picture, int maxTokens) => new()
    {
        Images = [picture], Prompt = Prompt, Fields = Asked, Form = Form, Grounding = Grounding, Sampling = Sampling(maxTokens),
    };

    /// <summary>How its tokens are chosen. What the form may need at most is there, so that no answer is cut off.</summary>
    /// <param name="maxTokens">Tokens of the answer, unless its form may need more.</param>
    public SamplingOptions Sampling(int maxTokens) => new() { MaxTokens = (int)Math.Clamp(Form?.LongestTokens ?? 0, maxTokens, AnswerForm.MostTokens) };

    private static Question Whole(TemplateVersion version, Grounding? grounding) => new(PromptRenderer.Render(version), version.Fields,
        version.Fields.Count == 0 ? null : version.ToAsked(), grounding ?? version.Grounding, PromptRenderer.LayoutOf(version));
}
