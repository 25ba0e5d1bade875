"""What the text reader makes of print. The rates and confusions are measured: reader_noise.json is written by measure_noise.py from pages that were
rendered, spoilt and read back by the product's own reader."""
import json
import os

from .chance import chance, choice, random01, weighted

_FILE = os.path.join(os.path.dirname(__file__), 'reader_noise.json')
# Before the first measurement: lookalikes every reader confuses.
_LOOKALIKES = {'O': '0', '0': 'O', '1': 'I', 'I': '1', 'l': '1', 'S': '5', '5': 'S', 'B': '8', '8': 'B', 'Z': '2', '6': 'G', 'o': '0', 'e': 'c', 'c': 'e', 'u': 'v', '.': ',',
               ',': '.', ':': ';', '-': '_', '末': '未', '日': '曰', '己': '已', '：': ':', ':': '：', '（': '(', '）': ')', '，': ','}
_confusions = {c: [(other, 1)] for c, other in _LOOKALIKES.items()}
if os.path.exists(_FILE):
    with open(_FILE, encoding='utf8') as _handle:
        _confusions = {c: [tuple(pair) for pair in others] for c, others in json.load(_handle)['confusions'].items()}
_ANY = list(_confusions)


class Noise:
    """How badly one page is read: a rate of misread characters and of lost spaces."""

    def __init__(self, rate=0., lost_spaces=0.):
        self.rate, self.lost_spaces = rate, lost_spaces

    @classmethod
    def draw(cls):
        """Half of the pages are read without a fault."""
        rate = weighted(((0, .5), (.004, .25), (.015, .18), (.035, .07)))
        return cls(rate, weighted(((0, .86), (.06, .08), (.3, .06))))

    def misread(self, text):
        """The text as read; may come out empty."""
        if not self.rate and not self.lost_spaces:
            return text
        return ''.join(self._character(c) for c in text).strip()

    def _character(self, c):
        if c == ' ':
            return '' if self.lost_spaces and chance(self.lost_spaces) else c
        if not self.rate or random01() >= self.rate:
            return c
        kind = random01()
        if kind < .75:
            return weighted(_confusions[c]) if c in _confusions else choice(_ANY)
        return '' if kind < .9 else c + c if kind < .95 else c + choice(" .-'")
