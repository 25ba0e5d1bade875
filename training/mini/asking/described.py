"""Forms of an answer described in prose instead of shown: 'put each name in square brackets, then a colon and the value, one a line'.

A form is drawn first (what stands around names and values, what stands between), and a description is put together for it from parts of sentences.
What a word of it stands for is fixed: an English colon is followed by a space, a Chinese one is full-width, and so on (`_LINKS`, `_JOINERS`)."""
from typing import NamedTuple

from ..chance import chance, choice, weighted
from .formats import UNSTATED, Form


class _Sign(NamedTuple):
    text: str
    words: tuple  # what it is called


_AROUND = (
    (_Sign('[]', ('square brackets', 'square brackets', 'brackets [ ]', '[ and ]', '[square brackets]')),
     _Sign('【】', ('lenticular brackets', 'lenticular brackets 【 】', 'thick Chinese brackets 【】', '【】', '【 and 】', '【】 brackets')),
     _Sign('""', ('double quotes', 'quotation marks', 'quotes', 'double quotation marks')), _Sign('()', ('round brackets', 'parentheses', '( and )', 'parens')),
     _Sign('<>', ('angle brackets', '< and >', 'pointed brackets')), _Sign('{}', ('curly brackets', 'curly braces', '{ and }')),
     _Sign("''", ('single quotes', 'single quotation marks', 'apostrophes')), _Sign('**', ('asterisks', 'stars')), _Sign('||', ('vertical bars', 'pipes'))),
    (_Sign('【】', ('【】', '【】', '【】号', '方头括号', '实心方括号', '鱼尾括号【】', '粗括号【】')), _Sign('[]', ('[]', '方括号[]', '半角方括号', '英文方括号')),
     _Sign('“”', ('双引号', '引号', '中文引号“”', '“”')), _Sign('（）', ('圆括号', '括号', '小括号', '（）', '全角括号')), _Sign('《》', ('书名号', '《》')),
     _Sign('「」', ('直角引号', '「」')), _Sign('<>', ('尖括号<>', '<>')), _Sign('""', ('英文双引号', '半角双引号')), _Sign('{}', ('花括号{}', '大括号{}')),
     _Sign('**', ('星号',))))
_AROUND_WEIGHTS = ((30, 26, 14, 10, 7, 4, 4, 3, 2), (46, 14, 12, 8, 5, 5, 3, 3, 2, 2))
_LINKS = (
    (_Sign(': ', ('a colon', 'a colon', 'colon', 'a colon and a space', 'a ":"', 'the sign ":"')), _Sign('：', ('a full-width colon',
    'a full-width colon (：)', 'the sign ：')),
     _Sign(' -> ', ('an arrow', 'an arrow (->)', 'a "->"')), _Sign('=', ('an equals sign', 'an equal sign', 'the sign =', 'a "="')), _Sign(' - ', ('a dash',
     'a hyphen with spaces', 'a " - "')),
     _Sign(' | ', ('a vertical bar', 'a pipe', 'a bar')), _Sign(' => ', ('a double arrow (=>)', 'a fat arrow "=>"')), _Sign('\t', ('a tab', 'a tab character')),
     _Sign(' / ', ('a slash', 'a forward slash')), _Sign(' ', ('a space', 'one space', 'a single blank')), _Sign('; ', ('a semicolon',)), _Sign(', ',
     ('a comma',))),
    (_Sign('：', ('冒号', '冒号', '一个冒号', '“：”', '全角冒号', '中文冒号')), _Sign(':', ('半角冒号', '英文冒号', '英文的冒号')), _Sign('→', ('箭头', '一个箭头', '箭头（→）', '“→”')),
     _Sign('=', ('等号', '一个等号', '“=”')), _Sign('——', ('破折号', '一个破折号', '“——”')), _Sign('-', ('短横线', '减号', '连字符“-”')), _Sign('|', ('竖线', '一道竖线', '竖杠')),
     _Sign(' ', ('空格', '一个空格')), _Sign('\t', ('制表符', '一个制表符')), _Sign('/', ('斜杠', '一个斜杠')), _Sign('->', ('英文箭头“->”', '“->”')), _Sign('，', ('逗号', '一个逗号')),
     _Sign('是', ('“是”字', '一个“是”字'))))
_LINK_WEIGHTS = ((50, 8, 12, 8, 6, 4, 3, 2, 2, 3, 1, 1), (52, 7, 10, 7, 4, 4, 4, 3, 1, 2, 3, 2, 3))
_JOINERS = (
    (_Sign('\n', ('one per line', 'one a line', 'each on its own line', 'one below the other', 'a new line for each', 'line by line',
    'with a line break after each', 'every one in a line of its own',
                  'start a new line for each of them', 'one under another')),
     _Sign('; ', ('separated by semicolons', 'with semicolons in between', 'all on one line, semicolons between them',
     'on a single line, a semicolon after each but the last',
                  'divided by semicolons')),
     _Sign(', ', ('separated by commas', 'all on one line with commas between', 'in one line, commas in between')),
     _Sign(' | ', ('separated by vertical bars', 'on one line with a vertical bar between them', 'divided by pipes')),
     _Sign(' / ', ('separated by slashes', 'on one line with slashes between')),
     _Sign('\n\n', ('with an empty line between them', 'separated by blank lines'))),
    (_Sign('\n', ('一行一个', '每行一个', '一项一行', '各占一行', '一条一行', '写完一个就换行', '一个一行往下排', '每项单独成行', '分行写', '逐行列出', '一个接一个换行')),
     _Sign('；', ('用分号隔开', '中间用分号分开', '写在一行里，用分号隔开', '彼此以分号分隔', '分号间隔，不换行')),
     _Sign('，', ('用逗号隔开', '写成一行，逗号分开', '中间加逗号，不换行')), _Sign('|', ('用竖线隔开', '写成一行，竖线分开')),
     _Sign('、', ('用顿号隔开', '写成一行，顿号分开')), _Sign('\n\n', ('中间空一行', '每两项之间空一行'))))
_JOINER_WEIGHTS = ((66, 14, 6, 6, 4, 4), (66, 16, 6, 5, 3, 4))

_NAME = (('name', 'name', 'name', 'label', 'heading', 'title', 'key', 'field name', 'name of the field', 'term'), ('名称', '名称', '名字', '字段名', '项目名', '标题',
         '栏名', '项名', '名目'))
_VALUE = (('value', 'value', 'value', 'content', 'text', 'answer', 'entry', 'printed text', 'wording'), ('值', '值', '内容', '内容', '结果', '答案', '原文', '对应的字', '数据'))

_ENGLISH_WHOLE = (
    'Put each {n}{in_n}, then {link} and the {v}{in_v}, {join}', 'Write each {n}{in_n}, add {link} and the {v}{in_v}; {join}',
    'First the {n}{in_n}, {link}, then the {v}{in_v}, {join}',
    'First the {n}{in_n}, then {link}, then the {v}{in_v}. They come {join}', 'Start with the {n}{in_n}, go on with {link} and end with the {v}{in_v}; {join}',
    'The {n} comes first{in_n}, {link} second and the {v}{in_v} last, {join}', 'Give me {n}{in_n}, {link}, {v}{in_v} - {join}',
    '{n}{in_n}, {link}, {v}{in_v}, {join}',
    'The {n} stands{in_n}; after it {link}; after that the {v}{in_v}. {join}',
    'The {n} is to be written{in_n}. Behind it goes {link}. The {v} follows{in_v}. {join}',
    'Use the {n}{in_n} followed by {link} and the {v}{in_v}, {join}', 'I want the {n}{in_n} with {link} behind it and then the {v}{in_v}, {join}',
    'Every entry has the {n}{in_n}, {link} and the {v}{in_v}; entries go {join}',
    'An entry is made of the {n}{in_n}, {link} and the {v}{in_v}, and entries are written {join}',
    'Between the {n}{in_n} and the {v}{in_v} there is {link}. {join}', 'Link the {n}{in_n} and the {v}{in_v} with {link}, {join}',
    'Show the {n}{in_n} to the left of {link} and the {v}{in_v} to the right, {join}',
    'Answer {join}: the {n}{in_n}, {link}, the {v}{in_v}', 'Please reply {join}, and each time give the {n}{in_n}, {link}, and the {v}{in_v}',
    '{join}: {n}{in_n} + {link} + {v}{in_v}',
    'Let the {n}{in_n} be followed by {link}, and {link} by the {v}{in_v}; {join}', 'Set down the {n}{in_n}, put {link} next to it, add the {v}{in_v}. {join}')
_CHINESE_WHOLE = (
    '{n}{in_n}，后面写{link}和{v}{in_v}，{join}', '先写{n}{in_n}，再写{link}，最后写{v}{in_v}，{join}', '每项先写{n}{in_n}，接着{link}，然后是{v}{in_v}；{join}',
    '{n}在前{in_n}，{v}在后{in_v}，中间放{link}，{join}',
    '把{n}写出来{in_n}，加上{link}，再填{v}{in_v}，{join}', '{n}{in_n}，{link}，{v}{in_v}，{join}', '{join}，每个都是{n}{in_n}加{link}加{v}{in_v}',
    '{n}和{v}之间用{link}连起来{in_both}，{join}',
    '开头是{n}{in_n}，跟着{link}，末尾是{v}{in_v}，{join}', '{n}{in_n}打头，{link}居中，{v}{in_v}收尾，{join}', '请{join}地写：{n}{in_n}、{link}、{v}{in_v}',
    '写成{n}{in_n}后接{link}再接{v}{in_v}的样子，{join}',
    '{link}左边放{n}{in_n}，右边放{v}{in_v}，{join}', '{n}{in_n}。它后面是{link}。再后面是{v}{in_v}。{join}', '答的时候写上{n}{in_n}，点上{link}，抄上{v}{in_v}，{join}',
    '{n}{in_n}然后{link}然后{v}{in_v}，{join}',
    '一项由{n}{in_n}、{link}、{v}{in_v}三部分组成，{join}', '{n}写前头{in_n}，隔一个{link1}写{v}{in_v}，{join}')
_ENGLISH_IN = (' in {}', ' in {}', ' between {}', ' inside {}', ' within {}', ' surrounded by {}', ' enclosed in {}', ' wrapped in {}', ' (in {})',
               ', put in {},')
_CHINESE_IN = ('（用{}括起来）', '（外面加{}）', '（放在{}里）', '（带{}）', '（写在{}中）')
_CHINESE_IN_NAME = ('用{}括住{n}', '用{}把{n}括起来', '{n}放进{}里', '{n}外面套上{}', '{n}加{}', '给{n}加上{}', '拿{}括上{n}', '{n}写在{}里面', '用{}标出{n}')
_ENGLISH_DIRECT = (
    'Put each {n}{in_n} and the {v}{in_v} right behind it, {join}', 'First the {n}{in_n}, then directly the {v}{in_v} with nothing between, {join}',
    'The {n}{in_n}, immediately followed by the {v}{in_v}, {join}', 'Give the {n}{in_n} and without any gap the {v}{in_v}; {join}')
_CHINESE_DIRECT = ('{n}{in_n}，后面紧跟{v}{in_v}，{join}', '{n}{in_n}，直接接{v}{in_v}，中间什么都不加，{join}', '先{n}{in_n}再{v}{in_v}，之间不留空，{join}')
_ENGLISH_TURNED = ('First the {v}{in_v}, then {link}, then the {n}{in_n}, {join}',
                   'The {v}{in_v} comes before the {n}{in_n}, with {link} between the two, {join}',
                   'Turn it round: {v}{in_v}, {link}, {n}{in_n}; {join}', 'Put the {v}{in_v} in front, {link} behind it and the {n}{in_n} at the end, {join}')
_CHINESE_TURNED = ('先写{v}{in_v}，再写{link}，最后才是{n}{in_n}，{join}', '{v}在前{in_v}，{n}在后{in_n}，中间是{link}，{join}', '倒过来：{v}{in_v}、{link}、{n}{in_n}，{join}')
_ENGLISH_BARE = ('Only the {v}s{in_v}, {join}', 'Leave the {n}s out and give just the {v}s{in_v}, {join}', 'No {n}s, only {v}s{in_v}, {join}',
                 'Just write the {v}s{in_v} in this order, {join}',
                 'Wrap nothing but the {v}s: each{in_v}, {join}', 'The {n}s are not wanted; the {v}s go{in_v} {join}')
_CHINESE_BARE = ('只写{v}{in_v}，{join}', '{n}都不要，光要{v}{in_v}，{join}', '不写{n}，按顺序写{v}{in_v}，{join}', '答案只留{v}{in_v}，{join}', '省去{n}，{v}{in_v}{join}')
_NUMBERED = ((('{}. ', ('number them 1., 2. and so on', 'put a number and a full stop before each', 'begin each with its number and a dot',
             'numbered with a dot after the number')),
              ('{}) ', ('number them 1), 2) and so on', 'begin each with its number and a closing bracket')), ('({}) ',
              ('begin each with its number in round brackets',))),
             (('{}. ', ('前面标上序号，如“1. ”', '行首写序号、点和空格')), ('{}、', ('前面加序号和顿号', '行首写“1、”这样的序号', '编上号，号后用顿号')), ('（{}）', ('前面加带括号的序号，如（1）', '行首写（1）这样的编号'))))


def described(names, is_chinese):
    """A formats.Form whose request is prose."""
    kind = weighted((('linked', 74), ('direct', 6), ('turned', 5), ('bare', 15)))
    around_name = _around(is_chinese) if kind == 'direct' or kind != 'bare' and chance(.55) else None
    around_value = _around(is_chinese) if chance(.5 if kind == 'bare' else .16) else None
    link = _drawn(_LINKS, _LINK_WEIGHTS, is_chinese)
    joiner = _drawn(_JOINERS, _JOINER_WEIGHTS, is_chinese)
    text = _sentence(kind, around_name, around_value, link, joiner, is_chinese)
    number = None
    if joiner.text == '\n' and chance(.1):
        number, words = choice(_NUMBERED[is_chinese])
        text = text.rstrip('.。') + ('，' if is_chinese else ', ') + choice(words)

    def entry(i, name, value):
        name, value = _inside(around_name, name), _inside(around_value, value)
        body = {'linked': name + link.text + value, 'direct': name + value, 'turned': value + link.text + name, 'bare': value}[kind]
        return number.format(i) + body if number else body

    def write(values, absent):
        absent = UNSTATED[is_chinese] if absent is None else absent
        return joiner.text.join(entry(i, name, absent if value is None else value) for i, (name, value) in enumerate(zip(names, values), 1))

    return Form('values' if kind == 'bare' else 'described', text, False, write)


def _drawn(signs, weights, is_chinese):
    return weighted(tuple(zip(signs[is_chinese], weights[is_chinese])))


def _around(is_chinese):
    return _drawn(_AROUND, _AROUND_WEIGHTS, is_chinese)


def _inside(sign, text):
    return sign.text[0] + text + sign.text[1] if sign else text


def _sentence(kind, around_name, around_value, link, joiner, is_chinese):
    n, v, join, between = choice(_NAME[is_chinese]), choice(_VALUE[is_chinese]), choice(joiner.words), choice(link.words)
    if is_chinese:
        pattern = choice({'linked': _CHINESE_WHOLE, 'direct': _CHINESE_DIRECT, 'turned': _CHINESE_TURNED, 'bare': _CHINESE_BARE}[kind])
        in_n = choice(_CHINESE_IN).format(choice(around_name.words)) if around_name else ''
        in_v = choice(_CHINESE_IN).format(choice(around_value.words)) if around_value else ''
        if around_name and pattern.startswith('{n}{in_n}') and chance(.7):
            pattern = choice(_CHINESE_IN_NAME).format(choice(around_name.words).replace('{}', '{{}}'), n='{n}') + pattern[len('{n}{in_n}'):]
        both = ''.join(f'，{part}{shown}' for part, shown in ((n, in_n), (v, in_v)) if shown)
        return pattern.format(n=n, v=v, in_n=in_n, in_v=in_v, in_both=both, link=between, link1=between.replace('一个', '').replace('一道', ''), join=join)
    pattern = choice({'linked': _ENGLISH_WHOLE, 'direct': _ENGLISH_DIRECT, 'turned': _ENGLISH_TURNED, 'bare': _ENGLISH_BARE}[kind])
    in_n = choice(_ENGLISH_IN).format(choice(around_name.words)) if around_name else ''
    in_v = choice(_ENGLISH_IN).format(choice(around_value.words)) if around_value else ''
    if n == 'name of the field' and kind == 'bare':
        n = 'field name'
    if v == 'wording' and kind == 'bare':
        v = 'value'
    text = pattern.format(n=n, v=v, in_n=in_n, in_v=in_v, link=between, join=join)
    text = text.replace('entrys', 'entries').replace(',, ', ', ').replace(',;', ';').replace(',.', '.').replace(', and then', ' and then').replace(', .', '.')
    return '. '.join(part[:1].upper() + part[1:] for part in text.split('. '))
