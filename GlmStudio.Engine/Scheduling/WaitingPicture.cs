namespace GlmStudio.Engine.Scheduling;

/// <summary>One picture as the queue before the vision tower sees it.</summary>
internal abstract class WaitingPicture
{
    /// <summary>Its patches; known once it waits.</summary>
    public abstract int Patches { get; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsCancelled { get; set; }
}
