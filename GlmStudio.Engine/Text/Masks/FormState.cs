using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>How far one answer is in its form.</summary>
/// <param name="masks">The form's masks.</param>
internal sealed class FormState(FormMasks masks)
{
    private const int MostForcedBytes = 1024;

    private readonly Queue<int> _forced = new();
    private Rule _state = masks.Grammar.Start;
    private Task<TokenMask>? _mask;

    /// <summary>Whether the answer may end here.</summary>
    public bool MayEnd => _state.MatchesEmpty;

    /// <summary>Whether nothing can follow.</summary>
    public bool IsComplete => _state.MatchesEmpty && _state.First.IsEmpty;

    /// <summary>Goes on by a token. False where the form does not permit it.</summary>
    public bool Take(ReadOnlySpan<byte> token)
    {
        if (masks.Grammar.After(_state, token) is not { } after) return false;
        (_state, _mask) = (after, null);
        return true;
    }

    /// <summary>Begins to make the mask, while the device is at work.</summary>
    public void Prepare()
    {
        if (!IsComplete) _mask ??= Task.Run(() => masks.Of(_state));
    }

    /// <summary>The tokens that may come now.</summary>
    public TokenMask Mask() => (_mask is { } making ? making.GetAwaiter().GetResult() : masks.Of(_state));

    /// <summary>Tokens that come now whatever the model says, at most so many; the state goes on by them.</summary>
    public IReadOnlyList<int> TakeForced(int most)
    {
        if (_forced.Count == 0) Force();
        var taken = new List<int>();
        while (taken.Count < most && _forced.TryDequeue(out var id))
        {
            taken.Add(id);
            Take(masks.Tokens.Bytes(id).Span);
        }
        return taken;
    }

    private void Force()
    {
        var bytes = masks.Grammar.Forced(_state, MostForcedBytes).AsSpan();
        if (bytes.IsEmpty) return;
        var ids = masks.Tokens.Encode(bytes);
        var last = masks.Tokens.Bytes(ids[^1]).Span;
        // The model may want to say the last bytes and what follows them in one token.
        if (masks.Grammar.After(_state, bytes[..^last.Length]) is { } before && masks.MayGoBeyond(before, last)) ids.RemoveAt(ids.Count - 1);
        foreach (var id in ids) _forced.Enqueue(id);
    }
}
