"""Questions in the form of the product's templates: any author's keys, labels, descriptions, examples and types, and the product's library."""
from .. import values as printed
from ..chance import chance, choice, randint, uniform, weighted
from ..lexicon import chinese, invented, words
from . import concepts, frames
from .checks import claim
from .concepts import CONCEPTS, plain
from .library import INSTRUCTIONS, library_template
from .lists import list_field, other_choices
from .naming import has_chinese, snake
from .phrases import pick, yes_no
from .summary import document_choice
from .template_form import TemplateField, answer, is_worded_in_chinese, render

_KIND = 'template'


def ask_template(reading, is_chinese):
    """(instruction, answer, kind), or None if the page has too little to ask."""
    if chance(.22):
        found = library_template(reading)
        if found:
            instruction, fields = found
            return render(instruction if chance(.8) else instruction_text(is_chinese), fields), answer(fields), _KIND
    instruction = instruction_text(is_chinese)
    fields = [field for field in map(_Author(reading, is_chinese).field, reading.choose(is_chinese)) if field]
    _extras(reading, is_chinese, fields)
    fields = _with_different_keys(fields)
    in_chinese = is_worded_in_chinese(instruction, fields)  # yes and no are in the language of the prompt's fixed words, which follows from all labels
    for field in fields:
        if field.type == 'yesNo':
            field.value = yes_no(field.value, in_chinese)
    return (render(instruction, fields), answer(fields), _KIND) if fields else None


def ask_blind_template(reading, is_chinese):
    """The same for a reading whose fields are all absent: no lists, claims or document types, which the page itself would answer."""
    instruction = instruction_text(is_chinese)
    fields = _with_different_keys([field for field in map(_Author(reading, is_chinese).field, reading.choose(is_chinese)) if field])
    return (render(instruction, fields), answer(fields), _KIND) if fields else None


def _extras(reading, is_chinese, fields):
    """Adds lists, yes-no fields and a document type now and then; more if the page has few fields."""
    sheet = reading.sheet
    if (sheet.items or sheet.tables or sheet.messages) and chance(.3 if fields else .8):
        found = list_field(sheet, is_chinese)
        if found:
            key = found.key if chance(.8) else snake(found.label)
            fields.insert(randint(0, len(fields)), TemplateField(key, found.label, 'list', found.description, found.example if chance(.6) else '', chance(.3),
                                                                 value=found.values or None))
    if chance(.1):
        words_chosen = document_choice(sheet, is_chinese)
        if words_chosen:
            label, description = pick(is_chinese, (('单据类型', ''), ('文档类型', '这是什么单据'), ('类别', '单据的种类')),
                                      (('Document type', ''), ('Kind', 'kind of document'), ('Category', 'which document it is')))
            key = choice(('document_type', 'doc_type', 'kind', 'category', snake(label)))
            fields.insert(randint(0, len(fields)), TemplateField(key, label, 'choice', description, '', chance(.3), tuple(words_chosen[1]), words_chosen[0]))
    for _ in range(weighted(((0, 84), (1, 12), (2, 4)))):
        found = claim(reading, is_chinese)
        if found:
            key = choice(('check', 'is_valid', 'confirmed', 'flag', 'verified', 'has_it', f'q{randint(1, 20)}', '是否'))
            description = found.question if chance(.2) else ''
            fields.insert(randint(0, len(fields)), TemplateField(key, found.label, 'yesNo', description, '', chance(.3), value=found.truth))


def instruction_text(is_chinese):
    """What the author wrote above the fields: nothing, the product's own sentences or anything."""
    kind = weighted((('none', 30), ('library', 20), ('composed', 30), ('own', 12), ('preamble', 8)))
    if kind == 'none':
        return ''
    if kind == 'library' and INSTRUCTIONS:
        return choice(INSTRUCTIONS)
    if kind == 'own':
        document = frames.document_word(is_chinese)
        return pick(is_chinese, ('请从{}中读取下列字段。', '请识别{}，数值和单位照原样抄写。', '请从{}图片中读取下列字段，编号逐字照抄。', '读取{}上的信息。', '从{}中提取字段，没有的填 null。', '{}识别'),
                    ('Read the values below from the {}.', 'Read the fields from the picture of a {}.', 'Extract the data of this {}.',
                     'Copy the values from the {} exactly.', '{} reading')).format(document)
    text = frames.opening(is_chinese).strip()
    if kind == 'preamble':
        text = frames.preamble(is_chinese) + ('' if is_chinese else ' ') + text
    if chance(.25):
        text += ('\n' if chance(.4) else '' if is_chinese else ' ') + frames.closing(is_chinese)
    return text


class _Author:
    """Decides once a template how keys are made, how much is described and whether there are examples."""

    def __init__(self, reading, is_chinese):
        self.reading, self.is_chinese = reading, is_chinese
        self.keys = weighted((('english', 44), ('label', 18), ('native', 12), ('nonsense', 16), ('short', 10)))
        self.describes = weighted(((0, 35), (.3, 20), (.7, 20), (1, 25)))
        self.examples = weighted(((0, 50), (.5, 20), (1, 30)))
        self.requires = weighted(((0, 50), (.3, 40), (1, 10)))
        self.types = weighted(((True, 80), (False, 20)))
        self.stem = choice(('f', 'k', 'field', 'x', 'v', 'c', 'col', 'A', 'p', 'item_', 'field_', 'key'))
        self.number = choice((0, 1, 1, 1, 10))

    def field(self, wanted):
        """The template's field for what is wanted, or None if no second fair name was found."""
        label, description = wanted.name, wanted.hint
        if not description and chance(self.describes):
            description = self._description(wanted)
        key = self._key(wanted)
        if key is None:
            return None
        if self.keys == 'nonsense' and description and wanted.key in CONCEPTS and not label.isdigit() and chance(.3):
            label = key  # only the description tells
            if chance(.75):
                description = wanted.name + ('：' if self.is_chinese else ', ') + description
        field = TemplateField(key, label, wanted.type if self.types or chance(.5) else 'text', description, '', chance(self.requires), value=wanted.value)
        if field.type == 'list':
            field.type = 'text'
        self._choose(field, wanted)
        if field.type != 'choice' and chance(self.examples):
            field.example = example(wanted, self.reading.sheet.is_chinese if chance(.7) else self.is_chinese)
        return field

    def _description(self, wanted):
        if wanted.key not in CONCEPTS:
            return ''
        hint = self.reading.hint(wanted.key, self.is_chinese)
        other = self._second_name(wanted, not self.is_chinese)
        if self.is_chinese and other and chance(.5):  # the library's style: 票面上的发票代码（Invoice code）
            return f'{hint or wanted.name}（{other[:1].upper() + other[1:]}）'
        return hint or other or ''

    def _key(self, wanted):
        if self.keys == 'nonsense':
            self.number += 1
            return f'{self.stem}{self.number}' if chance(.85) else invented()
        if self.keys == 'short' and wanted.key in CONCEPTS:
            return wanted.key  # 'selltax', 'buyaddr': abbreviations that only the label explains
        if self.keys == 'label':
            return snake_any(wanted.name)
        english = self._second_name(wanted, self.keys == 'native')
        if english:
            return snake_any(english)
        return snake_any(wanted.name) if chance(.7) else invented()

    def _second_name(self, wanted, is_chinese):
        """Another fair name of the same field; of one that is absent, another name that is surely absent."""
        if wanted.key not in CONCEPTS:
            return None
        known = concepts.names(wanted.key, is_chinese)
        name = choice(known) if known else None
        fair = name and (self.reading.is_fair(wanted.key, name) if wanted.value is not None else self.reading.is_absent(wanted.key, name))
        return name if fair else None

    def _choose(self, field, wanted):
        """Makes it a choice where the value is short and sometimes where it is not expected."""
        value = wanted.value
        if wanted.key == 'sex' and (value is None or value in ('男', '女')):
            field.type, field.choices = 'choice', choice((('男', '女'), ('女', '男')))
        elif wanted.type == 'choice' or value and len(value) <= 12 and not any(c.isdigit() for c in value) and chance(.08):
            field.type = 'choice'
            field.choices = other_choices(value, randint(1, 4), has_chinese(value)) if value else tuple(
                chinese(2, 3) if self.is_chinese else words(1, 1) for _ in range(randint(2, 4)))


def snake_any(name):
    """A key the product accepts: letters and digits of any script, '_' and '-', at most 64 characters."""
    key = snake(name)[:64]
    return key if chance(.9) else key.replace('_', '-')


def _with_different_keys(fields):
    """Without those whose key or label is taken."""
    found, keys, labels = [], set(), set()
    for field in fields:
        key, label = field.key.lower(), plain(field.label)
        if field.key and key not in keys and label not in labels:
            keys.add(key)
            labels.add(label)
            found.append(field)
    return found[:14]


_COMPANIES = frozenset('company buyname sellname maker hospital issuer pa pb shopname supplier publisher payeename payername '
                       'bank landlord insured customer'.split())
_PEOPLE = frozenset('patient doctor cashier rcv snd fullname rep guest passenger payee review drawer rider contact author tenant member '
                    'approvedby preparedby checkedby receivedby'.split())
_ADDRESSES = frozenset('address raddr saddr selladdr buyaddr location shipto place'.split())


def example(wanted, is_chinese):
    """A value such as the field might have, never the page's: an example is not to be copied."""
    kind, key = wanted.type, wanted.key
    if kind == 'date':
        text = printed.time() if key in ('time', 'departtime', 'arrivetime') else printed.date(is_chinese)
        if key in ('datetime', 'ordertime', 'paytime', 'shiptime', 'entertime', 'leavetime', 'deliverytime'):
            text += ' ' + printed.time()
    elif kind == 'money':
        text = printed.money(printed.price(), chance(.5))
    elif kind == 'id':
        text = printed.code()
    elif kind == 'phone':
        text = printed.phone(is_chinese)
    elif kind == 'number':
        text = str(randint(1, 999)) if chance(.7) else f'{uniform(0, 500):.1f}'
    elif key in _COMPANIES:
        text = printed.company(is_chinese)
    elif key in _PEOPLE:
        text = printed.person(is_chinese)
    elif key in _ADDRESSES:
        text = printed.address(is_chinese)
    else:
        text = chinese(2, 6) if is_chinese else words(1, 3)
    return text if text != wanted.value else ''
