using System.Diagnostics.Metrics;

namespace GlmStudio.Engine;

/// <summary>What the engine measures of itself; the metrics page and the bench verb listen.</summary>
public static class EngineMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "GlmStudio.Engine";

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds from one picture's bytes to its patches: decoded, upright, resized and cut. Waiting for a place among those that are decoded is not counted.</summary>
    public static Histogram<double> Picture { get; } = Meter.CreateHistogram<double>("glmstudio_picture_seconds", "s", "From one picture's bytes to its patches.");

    /// <summary>Seconds of encoding one image; images of one run share its time evenly.</summary>
    public static Histogram<double> Vision { get; } = Meter.CreateHistogram<double>("glmstudio_vision_seconds", "s", "Encoding one image.");

    /// <summary>How often a run found no memory and was tried again with less at once.</summary>
    public static Counter<long> Shortages { get; } = Meter.CreateCounter<long>("glmstudio_memory_shortages", "runs", "Runs that found no memory and were tried again with less at once.");

    /// <summary>Seconds of reading the printed text of one page.</summary>
    public static Histogram<double> Transcript { get; } = Meter.CreateHistogram<double>("glmstudio_transcript_seconds", "s", "Reading the printed text of one page.");

    /// <summary>Seconds of reading one chunk of a prompt.</summary>
    public static Histogram<double> Prefill { get; } = Meter.CreateHistogram<double>("glmstudio_prefill_seconds", "s", "Reading one chunk of a prompt.");

    /// <summary>Seconds of one decoding step, whatever its number of sequences.</summary>
    public static Histogram<double> Decode { get; } = Meter.CreateHistogram<double>("glmstudio_decode_seconds", "s", "One token for each running request.");

    /// <summary>Tokens generated.</summary>
    public static Counter<long> Tokens { get; } = Meter.CreateCounter<long>("glmstudio_generated_tokens", "tokens", "Tokens generated.");

    /// <summary>Seconds an answer's form took of a step: waiting for the mask and applying it.</summary>
    public static Histogram<double> Mask { get; } = Meter.CreateHistogram<double>("glmstudio_mask_seconds", "s", "What the form of an answer took of a step.");

    /// <summary>Seconds of making one mask of permitted tokens, most of them while the device computes; masks found in memory are not counted.</summary>
    public static Histogram<double> MaskMade { get; } = Meter.CreateHistogram<double>("glmstudio_mask_made_seconds", "s", "Making one mask of permitted tokens.");

    /// <summary>Seconds of making the form whose values are copied from one request's pages.</summary>
    public static Histogram<double> CopiedForm { get; } = Meter.CreateHistogram<double>("glmstudio_copied_form_seconds", "s", "Making the form of values copied from a page.");

    /// <summary>Answers whose values should have been copied and were not, because no page's text was known or it was too long.</summary>
    public static Counter<long> FreeForms { get; } = Meter.CreateCounter<long>("glmstudio_free_forms", "answers", "Answers whose values could not be held to the page's text.");

    /// <summary>Finished answers that a second reader found not to be of their form: each is a bug.</summary>
    public static Counter<long> Mismatches { get; } = Meter.CreateCounter<long>("glmstudio_form_mismatches", "answers", "Answers not of the form they were made in.");
}
