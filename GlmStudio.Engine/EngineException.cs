namespace GlmStudio.Engine;

/// <summary>A request or a file that cannot be used, with what was found and what to do about it.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates an error of a kind.</summary>
    /// <param name="fault">The kind of fault, for programs.</param>
    /// <param name="message">What was found and what to do, for people.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public EngineException(EngineFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    /// <summary>The kind of fault.</summary>
    public EngineFault Fault { get; }
}

/// <summary>Kinds of faults; a batch retries none of the first four.</summary>
public enum EngineFault
{
    /// <summary>Not a picture, of a format not supported, damaged, or cut short.</summary>
    UnreadableImage,
    /// <summary>More bytes, pixels, pages or scans than the limits allow.</summary>
    ImageTooLarge,
    /// <summary>The request contradicts itself or exceeds what the engine takes.</summary>
    BadRequest,
    /// <summary>A checkpoint folder that cannot be loaded.</summary>
    BadCheckpoint,
    /// <summary>The deadline passed.</summary>
    Timeout,
    /// <summary>No memory for the request now.</summary>
    OutOfMemory,
}
