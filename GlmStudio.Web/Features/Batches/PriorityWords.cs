using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Priorities as pages name them: keys of the translations.</summary>
internal static class PriorityWords
{
    public static string Of(BatchPriority priority) => priority switch
    {
        BatchPriority.High => "High priority",
        BatchPriority.Low => "Low priority",
        _ => "Normal priority",
    };
}
