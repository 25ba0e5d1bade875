"""Numbers as printed, compared and changed."""
import re

from ..chance import chance, choice, randint
from ..lexicon import COMMON_CHARACTERS

_NUMBER = re.compile(r'[^\d\-+.]{0,4}(-?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)[^\d.,]{0,6}')


def number(text):
    """'RM 1,234.50' → 1234.5; None for what is not one number."""
    match = _NUMBER.fullmatch(text.strip())
    return float(match[1] + match[2].replace(',', '')) if match else None


def altered(text):
    """The text with one character changed, as a false claim about it; None if nothing came of it."""
    places = [i for i, c in enumerate(text) if c.isalnum()]
    if not places:
        return None
    digits = [i for i in places if text[i].isdigit()]
    place = choice(digits) if digits and chance(.8) else choice(places)
    old = text[place]
    if old.isdigit():
        new = choice('0123456789')
    elif old >= '\u3400':
        new = choice(COMMON_CHARACTERS)
    else:
        new = choice('ABCDEFGHKMPRSTW' if old.isupper() else 'abcdefghkmprstw')
    result = text[:place] + new + text[place + 1:]
    return result if result != text else None


def threshold(value):
    """A round number near the value and not equal to it."""
    step = 10 ** max(0, len(str(int(abs(value)))) - randint(1, 2))
    limit = int(value / step) * step + choice((-3, -2, -1, 0, 1, 2, 3)) * step
    return limit if limit != value and limit > 0 else int(value) + 1
