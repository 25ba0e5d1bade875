using System.Collections.Frozen;

namespace GlmStudio.Engine.Prompts;

/// <summary>Byte-pair encoding: a word's letters are joined pair by pair, the earliest learned pair first, leftmost on ties.</summary>
/// <param name="vocabulary">Entries in byte letters → ids.</param>
/// <param name="merges">Pairs in the order they were learned.</param>
/// <param name="ignoreMerges">A word that is an entry as a whole is that entry, whatever its merges say.</param>
internal sealed class BytePairs(FrozenDictionary<string, int> vocabulary, FrozenDictionary<(int Left, int Right), (int Rank, int Joined)> merges, bool ignoreMerges)
{
    /// <summary>Appends the ids of one word given in byte letters. A letter without an entry is skipped, as the reference does without an unknown token.</summary>
    public void Encode(string word, List<int> ids)
    {
        if (ignoreMerges && vocabulary.TryGetValue(word, out var whole)) ids.Add(whole);
        else Merge(word, ids);
    }

    // A linked list over the letters and a heap of candidate pairs: O(n log n), so that one endless word costs no more than many short ones.
    private void Merge(string word, List<int> ids)
    {
        var symbols = Letters(word);
        var candidates = new PriorityQueue<(int Left, int Right, int LeftId, int RightId), (int Rank, int At)>();
        for (var i = 0; i + 1 < symbols.Length; i++) Offer(i, i + 1);
        while (candidates.TryDequeue(out var pair, out _))
        {
            ref var left = ref symbols[pair.Left];
            // Stale: one of the two has been joined with another neighbour since.
            if (left.Id != pair.LeftId || left.Next != pair.Right || symbols[pair.Right].Id != pair.RightId) continue;
            left.Id = merges[(pair.LeftId, pair.RightId)].Joined;
            left.Next = symbols[pair.Right].Next;
            symbols[pair.Right].Id = -1;
            if (left.Next < symbols.Length) symbols[left.Next].Previous = pair.Left;
            if (left.Previous >= 0) Offer(left.Previous, pair.Left);
            if (left.Next < symbols.Length) Offer(pair.Left, left.Next);
        }
        for (var i = 0; i < symbols.Length; i = symbols[i].Next) ids.Add(symbols[i].Id);

        void Offer(int left, int right)
        {
            var (leftId, rightId) = (symbols[left].Id, symbols[right].Id);
            if (merges.TryGetValue((leftId, rightId), out var merge)) candidates.Enqueue((left, right, leftId, rightId), (merge.Rank, left));
        }
    }

    private Symbol[] Letters(string word)
    {
        var letters = new List<Symbol>(word.Length);
        foreach (var letter in word)
            if (vocabulary.TryGetValue(letter.ToString(), out var id))
                letters.Add(new Symbol { Id = id, Previous = letters.Count - 1, Next = letters.Count + 1 });
        return [.. letters];
    }

    private struct Symbol
    {
        public int Id, Previous, Next;
    }
}
