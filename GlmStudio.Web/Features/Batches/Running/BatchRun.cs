using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>What stays the same while a batch runs.</summary>
/// <param name="Batch">The batch as it began.</param>
/// <param name="Engine">Who answers.</param>
/// <param name="Question">What is asked of every picture.</param>
/// <param name="Manifest">What its rows' answers depend on, all the same.</param>
/// <param name="Failures">Counts the failed rows.</param>
public sealed record BatchRun(Batch Batch, IGlmEngine Engine, Question Question, SharedManifest Manifest, FailureRate Failures)
{
    public int Id => Batch.Id;
}
