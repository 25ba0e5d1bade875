"""Yes-no questions, half of them with no as the answer, and the check of a claim against the page as the library's consistency template has it."""
from typing import NamedTuple

from ..chance import chance, choice
from ..lexicon import chinese, words
from .amounts import altered, number, threshold
from .concepts import CONCEPTS
from .phrases import dressed, pick, yes_no
from .template_form import TemplateField, answer, render


class Claim(NamedTuple):
    """Something that is so or not: `label` as the name of a template's yesNo field, `question` as a sentence."""
    label: str
    question: str
    truth: bool


class Pair(NamedTuple):
    """A field's name, its value and what somebody claims it to be."""
    name: str
    value: str
    claimed: str


def claim(reading, is_chinese):
    """One claim about the page, or None."""
    makers = [_presence, _presence, _equality, _equality, _equality, _threshold]
    if reading.sheet.items:
        makers += [_item_listed, _item_listed, _item_listed]
    return choice(makers)(reading, is_chinese)


def _presence(reading, is_chinese):
    truth = chance(.5)
    if truth:
        keys = [key for key in reading.fields if key in CONCEPTS] or list(reading.fields)
        name = reading.name(choice(keys), is_chinese) if keys else None
    else:
        wanted = reading.absent(is_chinese)
        name = wanted and wanted.name
    if not name:
        return None
    question = pick(is_chinese, ('图中有{}吗？', '是否包含{}？', '有没有{}？', '页面上能找到{}吗？', '单据上写了{}没有？回答是或否', '是否印有{}？（是/否）', '能看到{}吗？'),
                    ('Does the document show a {}? yes/no', 'Is there a {}?', 'Does it give the {}?', 'Is the {} on the page? Answer yes or no.',
                     'Can a {} be found here?', 'Is a {} printed?'))
    label = pick(is_chinese, ('是否有{}', '有无{}', '是否包含{}', '{}是否存在', '印有{}'), ('has {}', '{} present', 'Is there a {}', 'contains {}', 'shows {}'))
    return Claim(label.format(name), question.format(name), truth)


def claimed_pair(reading, is_chinese, truth):
    """A field with a claimed value, right or wrong."""
    keys = list(reading.fields)
    if not keys:
        return None
    key = choice(keys)
    name, value = reading.name(key, is_chinese), reading.fields[key]
    if not name or not value or len(value) > 60:
        return None
    claimed = value if truth else _false_value(reading, key)
    return Pair(name, value, claimed) if claimed else None


def _false_value(reading, key):
    """Another value: changed by a character, or that of another field, preferably of the same type."""
    value = reading.fields[key]
    if chance(.5):
        return altered(value)
    kind = CONCEPTS[key].type if key in CONCEPTS else 'text'
    same = [other for name, other in reading.fields.items() if name in CONCEPTS and CONCEPTS[name].type == kind and other != value and len(other) <= 60]
    others = same if same and chance(.7) else [other for other in reading.fields.values() if other != value and len(other) <= 60]
    return choice(others) if others else altered(value)


def _equality(reading, is_chinese):
    truth = chance(.5)
    pair = claimed_pair(reading, is_chinese, truth)
    if not pair:
        return None
    question = pick(is_chinese, ('{a}是{b}吗？', '{a}是否为“{b}”？回答是或否', '核对：{a}等于{b}？', '{a}是不是{b}？', '确认一下{a}是否是{b}', '{a}与“{b}”一致吗？', '对账：{a} {b}，对吗？'),
                    ('Is the {a} {b}?', 'Is {a} equal to "{b}"? yes/no', 'Check: {a} = {b}?', 'Does the {a} match {b}?', 'Is it true that the {a} is {b}?',
                     'Verify that {a} is "{b}". yes or no', '{a}: {b} - correct?'))
    label = pick(is_chinese, ('{a}是否为{b}', '{a}等于“{b}”', '{a}与{b}是否一致'), ('{a} is {b}', 'Is {a} equal to {b}', '{a} matches "{b}"'))
    return Claim(label.format(a=pair.name, b=pair.claimed), question.format(a=pair.name, b=pair.claimed), truth)


def _threshold(reading, is_chinese):
    keys = [key for key in reading.fields if key in CONCEPTS and CONCEPTS[key].type in ('money', 'number') and number(reading.fields[key]) is not None]
    key = choice(keys) if keys else None
    name = key and reading.name(key, is_chinese)
    if not name:
        return None
    value = number(reading.fields[key])
    if value <= 0:
        return None
    limit, over = threshold(value), chance(.5)
    truth = value > limit if over else value < limit
    if is_chinese:
        word = choice(('超过', '大于', '高于', '多于') if over else ('低于', '小于', '少于', '不到'))
        question, label = choice((f'{name}{word}{limit}吗？', f'{name}是否{word}{limit}？回答是或否', f'{name}有没有{word}{limit}？')), f'{name}是否{word}{limit}'
    else:
        word = choice(('above', 'over', 'more than', 'greater than', 'higher than') if over else ('below', 'under', 'less than', 'lower than'))
        question, label = choice((f'Is the {name} {word} {limit}?', f'Is {name} {word} {limit}? yes/no',
                                  f'Does the {name} come to {word} {limit}?')), f'{name} {word} {limit}'
    return Claim(label, question, truth)


def _item_listed(reading, is_chinese):
    names = [item['name'] for item in reading.sheet.items if item.get('name')]
    truth = chance(.5)
    name = choice(names) if names else None
    if not truth:
        name = chinese(2, 5) if reading.sheet.is_chinese else words(1, 2)
        if name.lower() in reading.text.lower():
            return None
    if not name:
        return None
    question = pick(is_chinese, ('清单里有“{}”吗？', '买了{}吗？', '有没有{}？', '明细中是否包含{}？', '“{}”在列表里吗？回答是或否'),
                    ('Is "{}" on the list?', 'Does the list contain {}?', 'Is there an item {}? yes/no', 'Was "{}" among the items?',
                     'Do the lines include {}?'))
    label = pick(is_chinese, ('是否包含{}', '有无“{}”'), ('includes {}', 'Is "{}" listed'))
    return Claim(label.format(name), question.format(name), truth)


def ask_check(reading, is_chinese):
    if chance(.3):
        return _consistency(reading, is_chinese)
    found = claim(reading, is_chinese)
    return found and (dressed(found.question, is_chinese), yes_no(found.truth, is_chinese), 'yesno')


# -- a claim against the page

def _consistency(reading, is_chinese):
    truth = chance(.5)
    pair = claimed_pair(reading, is_chinese, truth)
    if not pair:
        return None
    said = _sentence(pair.name, pair.claimed, is_chinese)
    if chance(.5):
        question = pick(is_chinese, ('图片内容与下面的说法是否一致？\n{}', '说法：“{}”。这与图片一致吗？回答是或否', '判断以下描述是否与图中内容相符：{}', '“{}”这句话对吗？', '核对说法：{}'),
                        ('Does the picture agree with this claim? {}', 'Claim: "{}". Is it consistent with the page? yes/no', 'True according to the image? {}',
                         'Check this statement: {}',
                         'Statement: {} Does the document support it?')).format(said)
        return dressed(question, is_chinese), yes_no(truth, is_chinese), 'consistent'
    instruction = pick(is_chinese, ('请核对下面的说法与图片是否一致：{}', '说法：{}\n先照抄这段说法，再写图片实际显示的内容，然后判断两者是否一致。', '有人说：{}。请判断图片是否支持。'),
                       ('Check whether the picture supports this claim: {}', 'Claim: {}\nCopy the claim, say what the picture shows, then judge.',
                        'Somebody says: {} Is that what the page shows?'))
    fields = consistency_fields(pair, truth, is_chinese)
    if chance(.4):
        fields = [field for field in fields if field.key == 'consistent' or chance(.5)]
    return render(instruction.format(said), fields), answer(fields), 'consistent'


def _sentence(name, value, is_chinese):
    return f'{name}为{value}' if is_chinese else f'{name} is {value}'


def consistency_fields(pair, truth, is_chinese):
    """The fields of the library's consistency template, answered for a claim about one value."""
    said, shown = _sentence(pair.name, pair.claimed, is_chinese), _sentence(pair.name, pair.value, is_chinese)
    if is_chinese:
        difference = f'{pair.name}是{pair.value}，不是{pair.claimed}'
        labels = ('文字说法', '画面内容', '是否一致', '不一致之处')
        descriptions = ('所声称的内容，照抄（What the text claims）', '画面中实际看到的内容，一句话（What the picture shows）',
                        '画面支持全部说法时为是，有任何一处不符时为否（Does the picture show all that is claimed?）', '列出不符的地方；一致时为空（What differs）')
    else:
        difference = f'{pair.name} is {pair.value}, not {pair.claimed}'
        labels = ('Claim', 'Shown', 'Consistent', 'Difference')
        descriptions = ('What the text claims, copied', 'What the picture shows, one sentence', 'Does the picture show all that is claimed?',
                        'What differs; empty if nothing does')
    values = (said, shown, yes_no(truth, is_chinese), None if truth else difference)
    fields = [TemplateField(key, label, 'text', description, value=value)
              for key, label, description, value in zip(('claim', 'shown', 'consistent', 'difference'), labels, descriptions, values)]
    fields[2].type, fields[2].required = 'yesNo', True
    return fields
