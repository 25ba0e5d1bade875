namespace GlmStudio.Web.Data.Cluster;

/// <summary>The changes of a moment, each once. Many of one kind become "any of this kind", so the messages stay few and small however fast rows are answered.</summary>
/// <param name="sender">Who tells.</param>
internal sealed class GatheredChanges(string sender)
{
    private const int MostOfAKind = 200;
    private const int MostLength = 7_500;

    private readonly Lock _gate = new();
    private Dictionary<string, HashSet<long>?> _kinds = [];
    private bool _isAnything;

    public void Add(string kind, long id)
    {
        lock (_gate)
        {
            if (!_kinds.TryGetValue(kind, out var ids)) _kinds[kind] = ids = [];
            if (ids is not null && ids.Add(id) && ids.Count > MostOfAKind) _kinds[kind] = null;
        }
    }

    /// <summary>Some messages were lost: the next one says that anything may have changed.</summary>
    public void AddAnything()
    {
        lock (_gate) _isAnything = true;
    }

    /// <summary>The messages to send; then there are none.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_gate)
        {
            var messages = _isAnything ? [$"{sender}|{ChangeMessage.Anything}"] : ChangeMessage.Write(sender, _kinds, MostLength);
            (_kinds, _isAnything) = ([], false);
            return messages;
        }
    }
}
