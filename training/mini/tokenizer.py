"""The tokenizer: byte-level BPE whose words are runs of Latin letters; every other character is a word of its own, so that each digit, space, sign and
frequent ideograph is one token and rarer characters are bytes. tokenizer.json (made by make_tokenizer.py) is read by the engine, by Hugging Face's library
and here."""
import json
import os
import re

from .transcript import BEGIN, END, PLACES

PATTERN = r'[A-Za-z]+|[\s\S]'
SPECIAL = ['<|endoftext|>', '[MASK]', '[gMASK]', '[sMASK]', '<sop>', '<eop>', '<|system|>', '<|user|>', '<|assistant|>', '<|observation|>',
           '<|begin_of_image|>', '<|end_of_image|>', '<|begin_of_video|>', '<|end_of_video|>', '<|image|>', '<|video|>', BEGIN, END] + PLACES
FILE = os.environ.get('MINI_TOKENIZER') or os.path.join(os.path.dirname(__file__), '..', '..', 'models', 'glm-studio-mini', 'tokenizer.json')


def byte_alphabet():
    """GPT-2's printable stand-ins for the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in set(printable)]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


_ALPHABET = byte_alphabet()
_BYTES = {letter: b for b, letter in _ALPHABET.items()}


def to_letters(text):
    return ''.join(_ALPHABET[b] for b in text.encode('utf8'))


class Tokenizer:
    def __init__(self, path=FILE):
        with open(path, encoding='utf8') as file:
            data = json.load(file)
        self.added = {token['content']: token['id'] for token in data['added_tokens']}
        self.vocabulary = data['model']['vocab']
        self.ranks = {tuple(pair): rank for rank, pair in enumerate(data['model']['merges'])}
        self.size = len(self.vocabulary) + len(self.added)
        self._names = {i: name for name, i in self.vocabulary.items()}
        self._words = re.compile(PATTERN)
        self._cache = {}
        self.end, self.image = self.added['<|endoftext|>'], self.added['<|image|>']
        self.begin, self.finish = self.added[BEGIN], self.added[END]
        self.x, self.y = self.added['<|x0|>'], self.added['<|y0|>']

    def encode(self, text):
        """Ids of plain text: added tokens in it are letters."""
        out, cache = [], self._cache
        for word in self._words.findall(text):
            ids = cache.get(word)
            if ids is None:
                ids = self._word(word)
                if len(cache) < 500_000:
                    cache[word] = ids
            out += ids
        return out

    def transcript(self, lines):
        """Ids of transcript.write(lines)."""
        out = [self.begin]
        for left, right, middle, text in lines:
            out += (self.x + _step(left, 100), self.x + _step(right, 100), self.y + _step(middle, 200))
            out += self.encode(text)
        out.append(self.finish)
        return out

    def decode(self, ids):
        letters = ''.join(self._names.get(i, '') for i in ids)
        return bytes(_BYTES[c] for c in letters).decode('utf8', 'replace')

    def _word(self, word):
        parts = to_letters(word)
        if parts in self.vocabulary:   # ignore_merges
            return (self.vocabulary[parts],)
        parts = list(parts)
        while len(parts) > 1:
            rank, at = min((self.ranks.get((parts[i], parts[i + 1]), 1 << 30), i) for i in range(len(parts) - 1))
            if rank == 1 << 30:
                break
            parts[at:at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self.vocabulary[p] for p in parts)


def _step(fraction, steps):
    return min(steps - 1, max(0, int(fraction * steps)))
