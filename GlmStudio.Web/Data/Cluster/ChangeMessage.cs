using System.Globalization;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Changes as nodes tell them each other: <c>sender|batch:3,7;row:*</c>, where <c>*</c> stands for any of the kind; <c>sender|*</c>: anything may have changed.</summary>
internal static class ChangeMessage
{
    public const string Anything = "*";

    /// <summary>Splits changes into messages that PostgreSQL takes.</summary>
    /// <param name="sender">Who tells.</param>
    /// <param name="changes">Kinds with ids; null: any of the kind.</param>
    /// <param name="mostLength">Of one message; a notification holds less than 8,000 bytes.</param>
    public static IReadOnlyList<string> Write(string sender, IEnumerable<KeyValuePair<string, HashSet<long>?>> changes, int mostLength)
    {
        var (messages, current) = (new List<string>(), "");
        foreach (var (kind, ids) in changes)
        {
            var part = $"{kind}:{(ids is null ? "*" : string.Join(',', ids.Select(i => i.ToString(CultureInfo.InvariantCulture))))}";
            if (current.Length > 0 && sender.Length + current.Length + part.Length + 2 > mostLength)
            {
                messages.Add($"{sender}|{current}");
                current = "";
            }
            current = current.Length == 0 ? part : $"{current};{part}";
        }
        if (current.Length > 0) messages.Add($"{sender}|{current}");
        return messages;
    }

    /// <summary>Hands what another node told to the local pages.</summary>
    public static void Hear(string message, string me, ChangeFeed changes)
    {
        if (message.Split('|') is not [var sender, var told] || sender == me) return;
        if (told == Anything)
        {
            changes.WakeAll();
            return;
        }
        foreach (var part in told.Split(';'))
        {
            if (part.Split(':') is not [var kind, var ids]) continue;
            foreach (var id in ids.Split(','))
                if (id == Anything) changes.Hear(kind, null);
                else if (long.TryParse(id, CultureInfo.InvariantCulture, out var number)) changes.Hear(kind, number);
        }
    }
}
