"""Trains the tokenizer on generated pages and questions and writes tokenizer.json in Hugging Face's layout.

    python3 make_tokenizer.py ../models/glm-studio-mini/tokenizer.json
"""
import json
import re
import sys
from collections import Counter, defaultdict

from mini import chance, lexicon
from mini.asking.questions import page
from mini.tokenizer import PATTERN, SPECIAL, byte_alphabet, to_letters

SIZE = 9216
IDEOGRAPHS = 4600
PAGES = 6000
SIGNS = ('，。、；：？！（）【】《》〈〉「」『』“”‘’…—–·￥¥€£₩°℃±×÷≤≥≈≠∞√∑μ²³½¼↑↓→←⇒□☐☑☒■●○◆◇★☆※№Ω①②③④⑤⑥⑦⑧⑨⑩✓✔✗✘©®™～｜／＋－＝＠＃％＆＊＜＞'
         '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ〇〔〕〖〗︰﹣﹢')


def count_words():
    words, signs = Counter(), Counter()
    chance.seed(99)
    for _ in range(PAGES):
        _, boxes, questions = page()
        for text in [box.text for box in boxes] + [question + answer for question, answer, _ in questions]:
            for word in re.findall(PATTERN, text):
                (words if len(word) > 1 else signs)[word] += 1
    return words, signs


def merges_of(words, count, vocabulary):
    """Byte-pair merges over word counts; only the pairs of changed words are counted again."""
    parts = [[list(w), n] for w, n in words.items()]
    pairs, where = Counter(), defaultdict(set)
    for i, (word, n) in enumerate(parts):
        for pair in zip(word, word[1:]):
            pairs[pair] += n
            where[pair].add(i)
    merges = []
    while len(merges) < count and pairs:
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        joined = ''.join(best)
        vocabulary.setdefault(joined, len(vocabulary))
        for i in list(where[best]):
            word, n = parts[i]
            for pair in zip(word, word[1:]):
                pairs[pair] -= n
            parts[i][0] = word = _joined(word, best, joined)
            for pair in zip(word, word[1:]):
                pairs[pair] += n
                where[pair].add(i)
        pairs.pop(best, None)
        where.pop(best, None)
    return merges


def _joined(word, pair, joined):
    out, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            out.append(joined)
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


def ideographs():
    first = dict.fromkeys(lexicon.FREQUENT_CHARACTERS[:IDEOGRAPHS - 400])
    first.update(dict.fromkeys(lexicon.COMMON_CHARACTERS))
    return list(first)[:IDEOGRAPHS]


def main(path):
    words, signs = count_words()
    vocabulary = {letter: i for i, letter in enumerate(byte_alphabet().values())}
    for c in [*ideographs(), *SIGNS, *(c for c, n in signs.most_common() if n >= 3)]:
        if len(vocabulary) < SIZE - len(SPECIAL) - 3000:
            vocabulary.setdefault(to_letters(c), len(vocabulary))
    merges = merges_of(words, SIZE - len(SPECIAL) - len(vocabulary), vocabulary)
    added = [{'id': len(vocabulary) + i, 'content': t, 'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': True}
             for i, t in enumerate(SPECIAL)]
    data = {
        'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': added, 'normalizer': None,
        'pre_tokenizer': {'type': 'Sequence', 'pretokenizers': [
            {'type': 'Split', 'pattern': {'Regex': PATTERN}, 'behavior': 'Isolated', 'invert': False},
            {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': False}]},
        'post_processor': None,
        'decoder': {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': False},
        'model': {'type': 'BPE', 'dropout': None, 'unk_token': None, 'continuing_subword_prefix': None, 'end_of_word_suffix': None, 'fuse_unk': False,
                  'byte_fallback': False, 'ignore_merges': True, 'vocab': vocabulary, 'merges': [list(m) for m in merges]}}
    with open(path, 'w', encoding='utf8') as file:
        json.dump(data, file, ensure_ascii=False)
    print(f'{len(vocabulary)} entries, {len(merges)} merges, {len(added)} added, {len(vocabulary) + len(added)} in all; last: {list(vocabulary)[-5:]}')


if __name__ == '__main__':
    main(sys.argv[1])
