"""Words the pages are made of. lexicon.json is built by make_lexicon.py from Debian packages (see ../README.md for their licences)."""
import json
import os

from .chance import chance, choice, randint

_file = os.environ.get('MINI_LEXICON') or os.path.join(os.path.dirname(__file__), '..', 'out', 'lexicon.json')
with open(_file, encoding='utf8') as handle:
    _data = json.load(handle)

ENGLISH, FIRST_NAMES, LAST_NAMES, STREETS = _data['english'], _data['first_names'], _data['last_names'], _data['streets']
NOUNS, PLACES, NAMES, OTHER = _data['nouns'], _data['places'], _data['names'], _data['other']
FREQUENT_CHARACTERS = _data['frequent']      # all ideographs of the word lists, the most frequent first
COMMON_CHARACTERS = _data['characters']  # the 3,755 of GB 2312 level 1

_CONSONANTS = 'b c d f g h j k l m n p r s t v w z br tr st sh ch kr pl gr bl kh ng ny'.split()
_VOWELS = 'a e i o u a e i o ai ee ou ia'.split()
MALAY = ('JALAN TAMAN BANDAR KAMPUNG SERI DESA INDAH JAYA BARU MEWAH SENTOSA PERMAI SETIA ALAM BUKIT SUNGAI KOTA DAMAI HARMONI MAJU UTAMA RAYA '
         'BESAR KECIL TENGAH TIMUR BARAT UTARA SELATAN PASAR MERAH PUTIH BIRU HIJAU EMAS PERAK INTAN MUTIARA CEMPAKA MAWAR MELATI ANGGERIK KENANGA '
         'NIAGA PERINDUSTRIAN PUSAT PERDAGANGAN KAWASAN LEBUH LORONG PERSIARAN LEBUHRAYA SUNWAY DAMANSARA PUTRA SUBANG KLANG AMPANG CHERAS KEPONG '
         'RAWANG GOMBAK SELAYANG BALAKONG KAJANG BANGI SEPANG PUCHONG NASI AYAM IKAN GORENG TEH KOPI MINUM ROTI CANAI MEE SUP').split()


def invented(syllables=None):
    """A word that is in no dictionary."""
    text = ''.join(choice(_CONSONANTS) + choice(_VOWELS) for _ in range(syllables or choice((1, 2, 2, 3))))
    return text + choice(('', '', 'n', 'r', 't', 's', 'ng', 'm', 'k'))


_ACCENTS = {'a': 'áàäâã', 'e': 'éèëê', 'i': 'íï', 'o': 'óöôõ', 'u': 'úüû', 'n': 'ñ', 'c': 'ç'}


def accented(text):
    """The word with an accent on one of its letters."""
    places = [i for i, c in enumerate(text) if c in _ACCENTS]
    if not places:
        return text
    at = choice(places)
    return text[:at] + choice(_ACCENTS[text[at]]) + text[at + 1:]


def word():
    """An English, invented or Malay word or a family name, in lower case; one in fifty has an accent."""
    kind = randint(1, 100)
    if kind <= 2:
        return accented(choice(ENGLISH))
    if kind <= 55:
        return choice(ENGLISH)
    if kind <= 75:
        return invented()
    if kind <= 90:
        return choice(MALAY).lower()
    return choice(LAST_NAMES).lower()


def words(least, most):
    return ' '.join(word() for _ in range(randint(least, most)))


def characters(n):
    return ''.join(choice(COMMON_CHARACTERS) for _ in range(n))


def chinese(least=2, most=4):
    """A Chinese phrase of least … most characters: mostly nouns, sometimes characters at random."""
    if chance(.15):
        return characters(randint(least, most))
    text = choice(NOUNS)
    while len(text) < least:
        text += choice(NOUNS)
    if len(text) < most and chance(.5):
        text += choice(NOUNS)
    return text[:most]


def cased(text, how=None):
    """The text in capitals ('u'), Title Case ('t'), as it is ('l') or with one capital ('a'); at random without `how`."""
    how = how or choice(('u', 'u', 't', 't', 'l', 'a'))
    return {'u': str.upper, 't': str.title, 'a': str.capitalize}.get(how, str)(text)
