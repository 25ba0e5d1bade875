"""Builds out/lexicon.json from the word lists of the Debian packages wamerican, rig and python3-jieba.

    apt-get install wamerican rig python3-jieba && python3 make_lexicon.py
"""
import json
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
RIG = '/usr/share/rig/'
JIEBA = '/usr/lib/python3/dist-packages/jieba/dict.txt'


def lines(path):
    with open(path, encoding='utf8') as file:
        return [line.strip() for line in file if line.strip()]


def english(count):
    found = [w for w in lines('/usr/share/dict/american-english') if re.fullmatch('[a-z]{3,11}', w)]
    random.shuffle(found)
    return found[:count]


def chinese():
    """(word, tag) of two to four ideographs, the most frequent first."""
    entries = []
    for line in lines(JIEBA):
        word, frequency, tag = line.split()
        if re.fullmatch('[\u4e00-\u9fff]{2,4}', word):
            entries.append((int(frequency), word, tag))
    return [(word, tag) for _, word, tag in sorted(entries, reverse=True)]


def of_tags(entries, tags, count, longest=4):
    return [w for w, tag in entries if tag in tags and len(w) <= longest][:count]


def level_one():
    """The characters of GB 2312 level 1."""
    found = []
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode('gb2312'))
            except UnicodeDecodeError:
                pass
    return ''.join(found)


def frequent_characters():
    """All ideographs of jieba's words by how often they occur, for the tokenizer."""
    counts = {}
    for line in lines(JIEBA):
        word, frequency, _ = line.split()
        for c in word:
            if '\u4e00' <= c <= '\u9fff':
                counts[c] = counts.get(c, 0) + int(frequency)
    return ''.join(sorted(counts, key=counts.get, reverse=True))


def main():
    random.seed(1)
    entries = chinese()
    lexicon = {
        'english': english(16000),
        'first_names': sorted(set(lines(RIG + 'fnames.idx') + lines(RIG + 'mnames.idx'))),
        'last_names': sorted(set(lines(RIG + 'lnames.idx'))),
        'streets': sorted(set(lines(RIG + 'street.idx'))),
        'nouns': of_tags(entries, ('n', 'nz', 'vn'), 14000),
        'places': of_tags(entries, ('ns',), 1500),
        'names': of_tags(entries, ('nr',), 1500, longest=3),
        'other': of_tags(entries, ('v', 'a', 'i', 'd', 'ad'), 5000),
        'characters': level_one(),
        'frequent': frequent_characters()[:7000],
    }
    os.makedirs(os.path.join(HERE, 'out'), exist_ok=True)
    with open(os.path.join(HERE, 'out', 'lexicon.json'), 'w', encoding='utf8') as file:
        json.dump(lexicon, file, ensure_ascii=False)
    print({key: len(value) for key, value in lexicon.items()})


if __name__ == '__main__':
    main()
