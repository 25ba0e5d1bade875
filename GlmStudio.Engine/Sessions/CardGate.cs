using System.Collections.Concurrent;

namespace GlmStudio.Engine.Sessions;

/// <summary>Who may use a card while a step is being recorded: nobody else of this process. A recording is spoilt by any memory that is taken meanwhile.</summary>
internal static class CardGate
{
    private static readonly ConcurrentDictionary<int, ReaderWriterLockSlim> Gates = new();

    /// <summary>Does ordinary work on a card.</summary>
    public static T Shared<T>(OnnxSettings settings, Func<T> work)
    {
        if (!settings.IsCard) return work();
        var gate = Of(settings);
        gate.EnterReadLock();
        try
        {
            return work();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Does what nothing else may happen beside.</summary>
    public static void Alone(OnnxSettings settings, Action work)
    {
        var gate = Of(settings);
        gate.EnterWriteLock();
        try
        {
            work();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private static ReaderWriterLockSlim Of(OnnxSettings settings) => Gates.GetOrAdd(settings.Card, _ => new ReaderWriterLockSlim(LockRecursionPolicy.SupportsRecursion));
}
