"""What to ask of a page and by which name, so that every question has one certain answer: a name that could mean two things on the page is not used,
and a field is called absent only if nothing on the page could be taken for it."""
import re
from typing import NamedTuple

from ..chance import chance, choice, random01, sample, shuffle, weighted
from ..lexicon import cased, chinese, words
from . import composed, concepts
from .concepts import CONCEPTS, HELD, meant_by, plain

# Concepts that nearly every page has in some unregistered form, so that their absence is never certain.
_NEVER_ABSENT = frozenset('title category type language subject currency'.split())
# With a table or an item list on the page its cells could be meant.
_ABSENT_WITHOUT_LISTS = frozenset('price oprice quantity unit unitprice product amt rating weight size color sku material'.split())
_ABSENT_WITHOUT_TABLES = frozenset('discount score fee rate date duedate shiptime ordertime orderno customer carrier track fullname company shopname supplier '
                                   'startdate enddate sdate'.split())
_ABSENT_WITHOUT_MESSAGES = frozenset('time date datetime group fullname mobile phone place meetingtime sender'.split())
_PRINTED_PATTERNS = {'date': re.compile(r'\d{1,4}[-/.年]\d{1,2}|\d \w{3} \d|月'),
                     'time': re.compile(r'\d[:：]\d\d'), 'datetime': re.compile(r'\d[:：]\d\d|\d{1,4}[-/.年]\d{1,2}'),
                     'email': re.compile('@'), 'website': re.compile(r'www|http|\.com')}
# A whole question or a clause is about the first, even if the second is on the page as well: they were written to tell them apart, or nobody means the weaker.
_TOLD_APART = frozenset('company date address total tax subtotal invno phone cash change'.split())
_WEAKER = frozenset('title brand price time totalcap amountwords cashier amt datetime pay fax location place origin employeeid customer from '
                    'rate period'.split())
_CLAUSES = .12  # how often a name is a whole clause, where there is one
# What templates ask most; a model must be sure about these above all when they are not there.
_OFTEN_ASKED = [key for key in (
    'company address date time datetime total subtotal tax rounding discount service cash change phone fax email website taxid regno invno cashier table '
    'pay member memberno duedate po terms payee buyname buytax sellname selltax sellbank model serial voltage power freq current maker mfg expiry batch '
    'shelflife barcode patient sex age doctor hospital ctno pa pb sign term rcv rphone raddr track carrier fullname job mobile orderno ordertime shopname '
    'account period bank refno plate room birth idno remark creditcode issuer validuntil startdate enddate weight').split() if key in CONCEPTS]
_ALL = list(CONCEPTS)
_SEEN = {}  # family → keys that its pages had: what is missing on one page of a family is what others have


class Wanted(NamedTuple):
    """A field to ask for. `value` is None if the page does not have it; `hint` may be empty."""
    key: str
    name: str
    value: str = None
    hint: str = ''

    @property
    def type(self):
        return CONCEPTS[self.key].type if self.key in CONCEPTS else 'text'


def in_language(sheet):
    """Whether to ask in Chinese: mostly the page's language."""
    return sheet.is_chinese if chance(.75) else not sheet.is_chinese


def has_chinese(text):
    return any('\u3400' <= c <= '\u9fff' for c in text)


def bounded(text):
    """Lower-case words with single spaces around, to look for whole words."""
    return ' ' + re.sub(r'[\W_]+', ' ', text.lower()).strip() + ' '


class Reading:
    """A sheet prepared for asking: who owns which printed label, and all the text."""

    def __init__(self, sheet):
        self.sheet, self.fields = sheet, sheet.fields
        self.text = '\n'.join(cell.text for row in sheet.rows for cell in row.cells)
        self.words = bounded(self.text)
        self.seen = _SEEN.setdefault(sheet.family, {})
        self.seen.update((key, None) for key in sheet.fields if key in CONCEPTS)
        self.owners = {}
        for key, label in sheet.labels.items():
            self.owners.setdefault(plain(label), set()).add(key)
        for key in sheet.fields:
            if key.startswith('label:'):
                self.owners.setdefault(plain(key[6:]), set()).add(key)

    # -- names

    def is_fair(self, key, name):
        """Whether the name means this field and no other on the page."""
        owners = self.owners.get(plain(name))
        if owners and owners - {key}:
            return False
        return not any(other != key and other in self.fields for other in meant_by(name))

    def name(self, key, is_chinese, own_language=.9):
        """A name for the field, or None if a fair one was not found."""
        for _ in range(4):
            text = self._draw(key, is_chinese if chance(own_language) else not is_chinese)
            if text and len(text) <= 48 and '\n' not in text and plain(text) not in HELD and self.is_fair(key, text):
                return text
        return None

    def _draw(self, key, is_chinese):
        label = self.sheet.labels.get(key, '')
        name = composed.compose(key, is_chinese)
        if name and (key in composed.CERTAIN or not self.is_doubtful(key)):
            return recased(name)
        clauses = concepts.clauses(key, is_chinese) if key in CONCEPTS and chance(_CLAUSES) else ()
        if clauses and not self.is_doubtful(key):
            return choice(clauses)
        if key.startswith('label:'):
            return key[6:] if not label or chance(.4) else label
        if label and chance(.3 if has_chinese(label) == is_chinese else .06):
            return label
        known = concepts.names(key, is_chinese) if key in CONCEPTS else ()
        return recased(choice(known)) if known else label

    def is_doubtful(self, key):
        """Whether another field of the page could answer a question for this one that does not name it."""
        others = {other for other in concepts.like(key) if other in self.fields} - _WEAKER
        return bool(others - _TOLD_APART if key in _TOLD_APART else others)

    # -- absence

    def is_absent(self, key, name):
        """Whether the page certainly does not have the field. Doubt counts as presence."""
        if key in CONCEPTS:
            if not self.lacks(key):
                return False
            invented = False
        else:
            invented = True
        wanted = plain(name)
        if any(other in self.fields for other in meant_by(name)):
            return False
        if has_chinese(wanted) and wanted in self.text or bounded(wanted) in self.words:
            return False
        for label, keys in self.owners.items():
            contains = wanted in label or invented and label in wanted
            if contains or label in wanted and any(owner.startswith('label:') for owner in keys):
                return False
        return True

    def lacks(self, key):
        """Whether no field of the page is this concept or one it could be taken for."""
        sheet = self.sheet
        if key in self.fields or key in _NEVER_ABSENT or any(other in self.fields for other in concepts.like(key)):
            return False
        if (sheet.items or sheet.tables) and key in _ABSENT_WITHOUT_LISTS or sheet.tables and key in _ABSENT_WITHOUT_TABLES:
            return False
        if sheet.messages and key in _ABSENT_WITHOUT_MESSAGES:
            return False
        pattern = _PRINTED_PATTERNS.get(key)
        return not (pattern and pattern.search(self.text))

    def absent(self, is_chinese):
        """A field the page does not have, or None."""
        for _ in range(5):
            kind = random01()
            if kind < .12:
                key, name = '', invented_label(is_chinese)
            else:
                key = choice(list(self.seen) if kind < .4 and self.seen else _OFTEN_ASKED if kind < .75 else _ALL)
                known = concepts.names(key, is_chinese)
                name = composed.compose(key, is_chinese) or (recased(choice(known)) if known else '')
                clauses = concepts.clauses(key, is_chinese)
                if clauses and chance(_CLAUSES):
                    name = choice(clauses)
            if name and self.is_absent(key, name):
                return Wanted(key or f'label:{name}', name, None, self.hint(key, is_chinese, .1))
        return None

    # -- choosing

    def hint(self, key, is_chinese, p=1.):
        if key not in CONCEPTS or not chance(p):
            return ''
        known = concepts.hints(key, is_chinese)
        return choice(known) if known else ''

    def choose(self, is_chinese, count=None, hints=.1):
        """One to twelve fields in any order, about a quarter of them absent; [] if the page has none worth asking."""
        count = count or weighted(_COUNTS)
        absent_share = weighted(_ABSENT_SHARES)
        present = list(self.fields)
        if chance(.75):
            shuffle(present)
        core = [key for key in _CORE if key in self.fields]
        if len(core) > 2 and chance(_CORE_SHARE):
            count, absent_share = len(core), choice((0, 0, .1))
            present = [key for key in reversed(core)] if chance(.6) else sample(core, len(core))
        chosen, taken = [], set()
        for _ in range(count):
            wanted = None
            if chance(absent_share) or not present and chance(.4):
                wanted = self.absent(is_chinese)
            elif present:
                key = present.pop()
                name = self.name(key, is_chinese)
                wanted = name and Wanted(key, name, self.fields[key], self.hint(key, is_chinese, hints))
            if wanted and plain(wanted.name) not in taken and not any(wanted.key == other.key for other in chosen):
                taken.add(plain(wanted.name))
                chosen.append(wanted)
        if chance(.6):
            shuffle(chosen)
        return chosen


class Blind(Reading):
    """A page whose text nobody gets to see: whatever is wanted has no value."""

    def choose(self, is_chinese, count=None, hints=.1):
        return [wanted._replace(value=None) for wanted in super().choose(is_chinese, count, hints)]


# What people ask of bills before anything else.
_CORE, _CORE_SHARE = ('company', 'date', 'address', 'total'), .3
_COUNTS = [(1, 22), (2, 13), (3, 14), (4, 15), (5, 10), (6, 8), (7, 5), (8, 5), (9, 3), (10, 2), (11, 1), (12, 2)]
_ABSENT_SHARES = [(0, 42), (.2, 24), (.4, 20), (.7, 9), (1, 5)]


def invented_label(is_chinese):
    """A label that is no concept."""
    return chinese(2, 5) if is_chinese else cased(words(1, 2), choice('ltu'))


def recased(name):
    """The name as somebody else would type it: cases and joiners of English names vary."""
    if not name.isascii():
        return name
    kind = random01()
    if kind < .55:
        return name
    if kind < .7:
        return name.title()
    if kind < .8:
        return name[:1].upper() + name[1:]
    if kind < .86:
        return name.upper()
    return snake(name) if kind < .96 else camel(name)


def snake(name):
    """'Total amount' → 'total_amount'; other scripts keep their letters."""
    return re.sub(r'[\W_]+', '_', name.lower()).strip('_') or 'field'


def camel(name):
    parts = snake(name).split('_')
    return parts[0] + ''.join(part.title() for part in parts[1:])
