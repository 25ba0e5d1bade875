using System.Collections.Frozen;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>Holds one answer to its form, from the answer on: the model may think freely before it, within what the answer leaves of the token limit.</summary>
/// <param name="form">Where the answer is in its form.</param>
/// <param name="longest">Tokens of the longest answer.</param>
/// <param name="thinkStart">Token that opens the thinking, or null where the model may not think.</param>
/// <param name="thinkEnd">Token that closes it.</param>
/// <param name="isThinking">Whether the prompt has opened it already.</param>
/// <param name="stops">Tokens that end the answer.</param>
internal sealed class AnswerGuide(FormState form, long longest, int? thinkStart, int? thinkEnd, bool isThinking, IReadOnlySet<int> stops)
{
    private static readonly FrozenSet<int> None = FrozenSet<int>.Empty;
    private static readonly TokenMask Nothing = new([]);

    private bool _isThinking = isThinking && thinkEnd is not null;
    private bool _mayThink = thinkStart is not null && thinkEnd is not null;

    /// <summary>Whether the answer is complete and nothing can follow.</summary>
    public bool IsComplete => !_isThinking && form.IsComplete;

    /// <summary>Begins to work out what may come, while the device is at work.</summary>
    public void Prepare()
    {
        if (!_isThinking) form.Prepare();
    }

    /// <summary>What may come now.</summary>
    /// <param name="left">Tokens that may still be generated, this one included.</param>
    public Permission Permitted(long left)
    {
        var hasRoom = left > longest + 2;
        // The thinking does not end the answer.
        if (_isThinking) return hasRoom ? new Permission(null, None, stops) : new Permission(Nothing, Set(thinkEnd), None);
        return new Permission(form.Mask(), _mayThink && hasRoom ? Set(thinkStart) : form.MayEnd ? stops : None, None);
    }

    /// <summary>Goes on by a token that <see cref="Permitted"/> permitted.</summary>
    public void Take(int id, ReadOnlySpan<byte> bytes)
    {
        if (_isThinking) _isThinking = id != thinkEnd;
        else if (_mayThink && id == thinkStart) _isThinking = true;
        else if (!form.Take(bytes)) throw new InvalidOperationException($"Token {id} is not of the answer's form.");
        _mayThink = false;
    }

    /// <summary>Tokens that follow whatever the model says, at most so many; the guide goes on by them.</summary>
    public IReadOnlyList<int> TakeForced(int most) => _isThinking || _mayThink ? [] : form.TakeForced(most);

    private static HashSet<int> Set(int? id) => [id!.Value];
}
