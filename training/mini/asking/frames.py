"""How people word an instruction, apart from the names of the fields: who they say they are, how they ask, what they want written where nothing stands,
how they end. Everything is composed of small parts, for a model that met few sentences has learnt these sentences and not to read an instruction.

frame_words.json holds the parts; formats.py has the forms of an answer and instructions.py puts everything together.
The instructions of wordings.py are no output of this grammar."""
import json
import os

from ..chance import chance, choice, digits, randint, weighted
from ..lexicon import chinese, invented, word, words
from ..values import FAMILY_NAMES, company, date

with open(os.path.join(os.path.dirname(__file__), 'frame_words.json'), encoding='utf8') as _handle:
    _read = json.load(_handle)
ENGLISH, CHINESE = _read['en'], _read['zh']
_PARTS = (ENGLISH, CHINESE)


def document_word(is_chinese):
    """'receipt', 'page', 'the scan': words for what is looked at that fit any page."""
    return choice(_PARTS[is_chinese]['documents'])


def source(is_chinese, document=None):
    """'from this picture', '图中'."""
    return choice(_PARTS[is_chinese]['sources']).format(document or document_word(is_chinese))


def role(is_chinese):
    """'You are a careful clerk.'"""
    parts = _PARTS[is_chinese]
    return choice(parts['role_openings']).format(choice(parts['roles']))


def opening(is_chinese, document=None, may_have_role=True):
    """What stands before a list of names: 'Please read the following fields from the page: '."""
    text = _chinese_opening(document) if is_chinese else _english_opening(document)
    if may_have_role and chance(.2):
        text = role(is_chinese) + choice(('\n', '') if is_chinese else ('\n', ' ', ' ')) + text
    return text


def _english_opening(document):
    if chance(.2):
        return choice(ENGLISH['short_openings']).format(document or document_word(False)) + choice((' ', '\n'))
    polite, verb, what = choice(ENGLISH['polite']), choice(ENGLISH['verbs']), choice(ENGLISH['objects'])
    place = source(False, document) if chance(.7) else ''
    end = choice((': ', ': ', ':\n', ' - ')) if what else ' '
    if place and chance(.35):
        text = f'{place}, {polite}{verb} {what}'.rstrip() + end
    elif what:
        text = f'{polite}{verb} {what} {place}'.rstrip() + end
    else:
        text = f'{polite}{verb} '
    return text[:1].upper() + text[1:] if chance(.85) else text


def _chinese_opening(document):
    if chance(.2):
        return choice(CHINESE['short_openings']).format(document or document_word(True)) + choice(('', '', '\n'))
    polite, verb, what = choice(CHINESE['polite']), choice(CHINESE['verbs']), choice(CHINESE['objects'])
    place = source(True, document) if chance(.7) else ''
    end = choice(('：', '：', ':', '：\n', ':\n')) if what else choice(('', '：'))
    kind = randint(1, 4)
    if kind == 1 and place:
        return f'{place}，{polite}{verb}{what}{end}'
    if kind == 2 and place and what:
        return f'{polite}{verb}{place}的{what}{end}'
    if kind == 3 and what:
        return f'{polite}把{place}{what}{choice(CHINESE["verbs_after"])}{end}'
    return f'{polite}{place}{verb}{what}{end}' if not polite.endswith('我') else f'{polite}{verb}{place}{what}{end}'


def absent_word(is_chinese):
    """What to write where a value is missing; '' stands for leaving the place empty. Now and then a word nobody would expect: it is to be read, not known."""
    kind = randint(1, 100)
    if kind <= 8:
        return ''
    if kind <= 14:
        return chinese(2, 3) if is_chinese else word()
    return choice(_PARTS[is_chinese]['absent_words'])


def absent_clause(is_chinese, absent):
    """'Write N/A where a value is missing', '没有的填未知'; `absent` is absent_word's or '' for an empty place."""
    parts = _PARTS[is_chinese]
    condition = choice(parts['absent_conditions'])
    if absent == '':
        action = choice(parts['leave_empty'])
    else:
        shown = choice(parts['quotes']).format(absent)
        if chance(.2):
            return choice(parts['absent_short']).format(shown)
        action = choice(parts['absent_actions']).format(shown)
    if is_chinese:
        return condition + choice(('', '', '，', '请', '就', '则', '一律')) + action
    return f'{condition}, {action}' if chance(.5) else f'{action} {condition}'


def closing(is_chinese):
    """'No explanation.', '只输出结果。'"""
    parts = _PARTS[is_chinese]
    text = choice(parts['closings'])
    if chance(.2):
        other = choice(parts['closings'])
        if other != text:
            text += ('，' if is_chinese else '. ') + other
    return text


def preamble(is_chinese):
    """What an author tells of himself or his purpose and what has no bearing on the answer."""
    filled = {'who': choice(_PARTS[is_chinese]['people']), 'purpose': choice(_PARTS[is_chinese]['purposes']), 'company': company(is_chinese),
              'number': digits(randint(2, 7)), 'date': date(is_chinese), 'place': chinese(2, 3) if is_chinese else word().title(),
              'name': choice(FAMILY_NAMES) + choice(('工', '总', '老师', '姐', '经理')) if is_chinese else invented(2).title()}
    count = weighted(((1, .7), (2, .25), (3, .05)))
    told = []
    for _ in range(count):
        invention = chinese(4, 9) + choice(('。', '，')) + chinese(3, 8) if is_chinese else words(4, 9).capitalize()
        told.append(invention if chance(.15) else choice(_PARTS[is_chinese]['preambles']).format(**filled))
    return ''.join(text if text.endswith(('。', '！', '？')) else text + '。' for text in told) if is_chinese else ' '.join(
        text if text[-1] in '.!?' else text + '.' for text in told)


_MARKS = ('{n}. ', '{n}) ', '({n}) ', '{n}、', '- ', '* ', '• ', '')
_AROUND = ('{}', '{}', '{}', '{}', '"{}"', "'{}'", '`{}`', '[{}]', '<{}>', '**{}**')
_CHINESE_AROUND = ('{}', '{}', '{}', '{}', '“{}”', '"{}"', '「{}」', '【{}】', '[{}]', '《{}》')


def listing(names, hints, is_chinese, types=None, examples=None):
    """The names as a list, in one of many shapes. `hints`, `types` (Concept.type) and `examples`, if given, hold for each name a text or None."""
    around = choice(_CHINESE_AROUND if is_chinese else _AROUND)
    notes = [_note(_at(hints, i), _at(types, i), _at(examples, i), is_chinese) for i in range(len(names))]
    in_lines = chance(.75 if any(notes) else .3)
    note_form = choice((_LINE_NOTES if in_lines else _INLINE_NOTES)[is_chinese])
    entries = [around.format(name) + (note_form.format(note) if note else '') for name, note in zip(names, notes)]
    if in_lines:
        mark = choice(_MARKS)
        return '\n'.join(mark.format(n=i + 1) + entry for i, entry in enumerate(entries))
    if chance(.12):
        return ' '.join(f'({i + 1}) {entry}' for i, entry in enumerate(entries)) if not is_chinese else '；'.join(
            f'{i + 1}.{entry}' for i, entry in enumerate(entries))
    joiner = choice(('、', '、', '，', ',', '；', ' ', '/', ' | ') if is_chinese else (', ', ', ', ', ', ',', '; ', ' | ', ' / '))
    if len(entries) > 1 and chance(.3) and joiner in ('、', '，', ', '):
        last = choice(('和', '以及', '还有', '与', '及')) if is_chinese else choice((' and ', ', and ', ' and the ', ' as well as ', ' plus '))
        return joiner.join(entries[:-1]) + last + entries[-1]
    return joiner.join(entries)


_LINE_NOTES = ((' ({})', ': {}', ' - {}', ' = {}', ', i.e. {}', ' -> {}', ' # {}', ' // {}', ': it is {}'),
               ('（{}）', '：{}', '——{}', ' = {}', '，即{}', '，指{}', ' # {}', ' ({})', '，{}', '：就是{}'))
_INLINE_NOTES = ((' ({})', ' [{}]', ' ({})', ' (meaning {})', ' (i.e. {})'), ('（{}）', '({})', '（即{}）', '（指{}）', '[{}]'))


def _at(items, i):
    return items[i] if items else None


def _note(hint, kind, example, is_chinese):
    parts = _PARTS[is_chinese]
    notes = [hint] if hint else []
    if kind:
        notes.insert(randint(0, len(notes)), choice(parts['types'][kind]))
    if example:
        notes.append(choice(parts['examples']).format(example))
    return ('，' if is_chinese else ', ').join(notes)


def single_question(name, is_chinese, document=None):
    """Asks for one field by its name: 'What is the total?'; a bare name as well."""
    parts = _PARTS[is_chinese]
    place = source(is_chinese, document)
    kind = randint(1, 100)
    if kind <= 12:
        return choice(('{}', '{}?', '{}:', '{}？', '"{}"', '{}：', '[{}]', '{} = ', '【{}】')).format(name)
    if kind <= 60:
        text = choice(parts['questions']).format(name=name, source=place)
    elif is_chinese:
        polite = choice(parts['polite'])
        text = choice((f'{polite}{choice(parts["verbs"])}{place}的{name}', f'{polite}把{place}的{name}{choice(parts["verbs_after"])}',
                       f'{place}，{name}'))
    else:
        text = choice(parts['polite']) + choice(parts['verbs']) + choice((' the ', ' the ', ' ')) + name + (f' {place}' if chance(.5) else '')
    if not is_chinese:
        text = with_fit_article(text, name)
    if not is_chinese and not text.startswith(name) and chance(.85):
        text = text[:1].upper() + text[1:]
    if text[-1] not in '.?!？。：:，' and chance(.6):
        text += '。' if is_chinese else '.'
    return text


_NO_ARTICLE = tuple('the what who how when where which whether until within from with if by in on at was whoever whom man male'.split())


def with_fit_article(text, name):
    """The text without 'the' before a name that has its own or is a clause: not 'the the total', 'the how heavy it is'."""
    return text.replace('the ' + name, name).replace('The ' + name, name) if name.lower().split(' ')[0] in _NO_ARTICLE else text


def key_style(is_chinese):
    """One way to write keys, for a whole template: a function from a name to the key an author makes of it."""
    if is_chinese:
        return _as_it_is
    return weighted(((_as_it_is, 3), (_snake, 2.5), (_camel, 1), (str.title, 1.2), (str.upper, .7), (str.capitalize, 1), (_upper_snake, .5), (_kebab, .4),
                     (_pascal, .5)))


def _as_it_is(name):
    return name


def _snake(name):
    return '_'.join(''.join(c if c.isalnum() else ' ' for c in name.replace("'", '')).lower().split())


def _upper_snake(name):
    return _snake(name).upper()


def _kebab(name):
    return _snake(name).replace('_', '-')


def _pascal(name):
    return ''.join(part.capitalize() for part in _snake(name).split('_'))


def _camel(name):
    text = _pascal(name)
    return text[:1].lower() + text[1:]


_STEMS = ('f', 'field', 'field_', 'k', 'key', 'x', 'v', 'item', 'col', 'c', 'p', 'A', 'F', 'slot', 'attr_', 'param', '#')


def nonsense_keys(names, is_chinese):
    """Keys that mean nothing without the hint beside them: f1, f2 …, a, b …, initials, invented words."""
    kind = randint(1, 6)
    start = choice((0, 1, 1, 1, 10, 100))
    if kind == 1:
        stem = choice(_STEMS + (('字段', '项', '参数', '栏') if is_chinese else ()))
        return [f'{stem}{start + i}' for i in range(len(names))]
    if kind == 2 and len(names) <= 10:
        letters = choice(('abcdefghij', 'ABCDEFGHIJ', '甲乙丙丁戊己庚辛壬癸') if is_chinese else ('abcdefghij', 'ABCDEFGHIJ', 'pqrstuvwxy'))
        return list(letters[:len(names)])
    if kind == 3 and not is_chinese:
        return _different([''.join(part[:1] for part in _snake(name).split('_')) or 'k' for name in names])
    if kind == 4 and not is_chinese:
        return _different([_snake(name).replace('_', '')[:randint(2, 4)] or 'k' for name in names])
    return _different([chinese(2, 2) if is_chinese and chance(.3) else invented(choice((1, 2))) for _ in names])


def _different(keys):
    found = []
    for key in keys:
        found.append(key if key not in found else f'{key}{len(found) + 1}')
    return found
