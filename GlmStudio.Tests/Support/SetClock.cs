namespace GlmStudio.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Timers are the system's.</summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
