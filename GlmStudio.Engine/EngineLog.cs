using Microsoft.Extensions.Logging;

namespace GlmStudio.Engine;

/// <summary>What engines log.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Engine}: {Shortage}")]
    public static partial void Shortage(this ILogger log, string engine, string shortage);
}
