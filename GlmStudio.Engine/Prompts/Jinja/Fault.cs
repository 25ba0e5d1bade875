namespace GlmStudio.Engine.Prompts.Jinja;

internal static class Fault
{
    public static EngineException At(int line, string why) => new(EngineFault.BadCheckpoint, $"The chat template, line {line}: {why}.");

    public static EngineException In(string why) => new(EngineFault.BadRequest, $"The chat template: {why}.");
}
