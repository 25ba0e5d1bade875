"""What the text reader makes of print. The rates and confusions are measured: reader_noise.json is written by measure_noise.py from pages that were
rendered, spoilt and read back by the product's own reader."""
import json
import os
import re

from .chance import chance, choice, randint, random01, uniform, weighted

_FILE = os.path.join(os.path.dirname(__file__), 'reader_noise.json')
# Before the first measurement: lookalikes every reader confuses.
_LOOKALIKES = {'O': '0', '0': 'O', '1': 'I', 'I': '1', 'l': '1', 'S': '5', '5': 'S', 'B': '8', '8': 'B', 'Z': '2', '6': 'G', 'o': '0', 'e': 'c', 'c': 'e',
               'u': 'v', '.': ',', ',': '.', ':': ';', '-': '_', '末': '未', '日': '曰', '己': '已'}
_GUESSED = {'confusions': {c: [[other, 1]] for c, other in _LOOKALIKES.items()}, 'proneness': {}, 'habits': {},
            'spaces': {'between words': .05},
            'added': {'rate': .0005, 'characters': [['.', 1]], 'space_behind': {}}, 'pages': [[0, 0]] * 5 + [[.004, .03], [.015, .05], [.035, .2]]}


def _load():
    if not os.path.exists(_FILE):
        return _GUESSED
    with open(_FILE, encoding='utf8') as handle:
        return json.load(handle)


_measured = _load()
_confusions = {c: [tuple(pair) for pair in others] for c, others in _measured['confusions'].items()}
_proneness, _habits, _spaces, _pages = _measured['proneness'], _measured['habits'], _measured['spaces'], _measured['pages']
_habits = {'zh': {}, 'en': {}, **_habits}
_habitual = set(_habits['zh']) | set(_habits['en'])
_added = [tuple(pair) for pair in _measured['added']['characters']] or [('.', 1)]
_space_behind = _measured['added']['space_behind']
_ANY = {False: list('0123456789'), True: ['口']}   # by whether it is Chinese
for _others in _confusions.values():
    for _other, _ in _others:
        if _other:
            _ANY[_other > '\u2e7f'].append(_other)
_RESTORED = ('between words', 'after comma')   # spaces an answer keeps although the reader loses them: a person would put them back
_WORD = re.compile('[A-Z]{4,}|[a-z]{4,}')
_DIGIT_FOR = {'O': '0', 'I': '1', 'S': '5', 'B': '8', 'G': '6', 'Z': '2', 'o': '0', 'l': '1', 's': '5'}
_ALWAYS_LOST = .8          # kinds of spaces that even clean pages lose
_UNKNOWN_PRONENESS = 2.5    # characters too rare to have been measured are harder ones
_known = [lost for _, lost in _pages if lost >= 0]
_MEAN_LOST = max(.01, sum(_known) / max(1, len(_known)))
_MEAN_SPACES = max(.005, _spaces.get('between words', .02))


def where(printed, i):
    """What kind of space printed[i] is; readers lose some kinds far more than others."""
    before, after = printed[i - 1] if i else '', printed[i + 1] if i + 1 < len(printed) else ''
    if ' ' in (before, after):
        return 'double'
    if after in (':', '：'):
        return 'before colon'
    if before in (':', '：'):
        return 'after colon'
    if before in tuple(',.;，。、'):
        return 'after comma'
    if before > '\u2e7f' or after > '\u2e7f':
        return 'beside Chinese'
    return 'between digits' if before.isdigit() or after.isdigit() else 'between words'


def restored(read, printed):
    """The text as read, with the spaces of the print that an answer keeps, where the reader got the letters right."""
    if read.replace(' ', '') != printed.replace(' ', ''):
        return read
    out, at = [], 0
    for i, c in enumerate(printed):
        if c != ' ':
            out.append(c)
            while read[at] == ' ':   # a space that the print does not have
                at += 1
            at += 1
            continue
        was_read = at < len(read) and read[at] == ' '
        at += was_read
        if was_read or where(printed, i) in _RESTORED:
            out.append(c)
    return ''.join(out)


def context(printed, i):
    """'zh' or 'en': the writing a sign stands in, by the character before it (behind it at the start)."""
    neighbours = [c for c in (printed[i - 1] if i else '', printed[i - 2] if i > 1 else '', printed[i + 1] if i + 1 < len(printed) else '') if c and c != ' ']
    return 'zh' if neighbours and '\u2e7f' < neighbours[0] < '\uff00' else 'en'


_is_switched_off = False


def switch_off():
    """From now on every page drawn is without noise, and placing.py adds no fault either: for pages that are rendered, where the reader itself makes the
    faults, and for training and measuring without any."""
    global _is_switched_off
    _is_switched_off = True


def is_switched_off():
    return _is_switched_off


class Noise:
    """How badly one page is read: a rate of misread characters, and how many more or fewer spaces are lost than on the mean page. Noise(0, 0): not at all."""

    def __init__(self, rate=0., lost_spaces=0., is_exact=None):
        self.rate, self.lost_spaces = rate, lost_spaces
        self.is_exact = not rate and not lost_spaces if is_exact is None else is_exact

    @classmethod
    def draw(cls):
        """As bad as one of the measured pages, give or take: many without a misread character, few with very many."""
        if _is_switched_off:
            return cls(0, 0)
        rate, lost = choice(_pages)
        return cls(rate * uniform(.6, 1.4), 1. if lost < 0 else min(6., lost / _MEAN_LOST * uniform(.7, 1.3)), is_exact=False)

    def misread(self, text, before=''):
        """The text as read, but for the spaces that an answer keeps; may come out empty. `before` stands in front of it and is not returned."""
        if self.is_exact:
            return text
        whole = before + text
        read = ''.join(self._space(whole, i, is_answer=True) if whole[i] == ' ' else self._character(whole, i, whole[i])
                       for i in range(len(before), len(whole)))
        return read if before else read.strip()

    def close_up(self, text):
        """A printed cell with the faults that an answer repairs: spaces lost between words or put into them, letters of a word read as their lookalikes."""
        if self.is_exact:
            return text
        text = ''.join(self._space(text, i, is_answer=False) if c == ' ' else c for i, c in enumerate(text))
        return _WORD.sub(self._word, text) if self.rate else text

    def _word(self, match):
        """A word of capitals or of small letters, torn apart or with a digit in it; the letters at its ends stay, so that it is still seen as one."""
        word = match.group()
        if chance(min(.1, 3 * self.rate)):
            at = randint(1, len(word) - 1)
            return word[:at] + ' ' + word[at:]
        if chance(min(.05, 2 * self.rate)):
            at = randint(1, len(word) - 2)
            return word[:at] + _DIGIT_FOR.get(word[at], word[at]) + word[at + 1:]
        return word

    def _space(self, text, i, is_answer):
        kind = where(text, i)
        if (kind in _RESTORED) == is_answer:
            return ' '
        share = _spaces.get(kind, _MEAN_SPACES)
        if share < _ALWAYS_LOST:
            share *= self.lost_spaces
        return '' if random01() < share else ' '

    def _character(self, text, i, c):
        read = c
        if c in _habitual:
            read, share = _habits[context(text, i)].get(c, (c, 1))
            if random01() > share:
                read = c
        if c in _space_behind and i + 1 < len(text) and text[i + 1] != ' ' and random01() < _space_behind[c]:
            read += ' '
        if not self.rate or random01() >= self.rate * _proneness.get(c, _UNKNOWN_PRONENESS if c > '\u2e7f' else 1.):
            return read
        if chance(.04):
            return read + weighted(_added)
        return weighted(_confusions[c]) if c in _confusions else choice(_ANY[c > '\u2e7f']) if chance(.6) else ''
