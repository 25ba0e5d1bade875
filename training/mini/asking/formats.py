"""The forms an answer can be asked for in: JSON, 【name】：value, name: value lines, values only, a CSV line, a table, tags, templates of the author's own.

format_words.json holds the sentences that ask for them. A form is drawn for a list of keys: its `request` is the part of the instruction that asks for it
and its `write` makes the answer from the values."""
import json
import os
from dataclasses import dataclass
from typing import Callable

from ..chance import chance, choice, weighted

with open(os.path.join(os.path.dirname(__file__), 'format_words.json'), encoding='utf8') as _handle:
    _read = json.load(_handle)
_REQUESTS = _read['en'], _read['zh']
UNSTATED = ('unknown', '未知')  # what stands for a missing value outside JSON if the instruction says nothing of it


@dataclass
class Form:
    """`shows_keys`: the request spells the keys out, so that no list of names is needed beside it.
    `write(values, absent)`: the answer; None among the values is a missing one, written as `absent`; absent None: as null in JSON, else as unknown."""
    kind: str
    request: str
    shows_keys: bool
    write: Callable


def form(keys, is_chinese, kind=None, shows_keys=None, hints=None):
    """A form for the keys. `shows_keys` False asks for one that leaves naming the keys to the instruction, True for one that names them.
    `hints` (a text or None for each key) may be written into the gaps of a skeleton."""
    kind = kind or weighted(_KINDS)
    return _MAKERS[kind](list(keys), is_chinese, shows_keys, hints)


def _request(kind, is_chinese):
    return choice(_REQUESTS[is_chinese][kind])


def _filled(values, absent, is_chinese):
    absent = UNSTATED[is_chinese] if absent is None else absent
    return [absent if value is None else value for value in values]


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)


def _drawn(shows_keys, p):
    return chance(p) if shows_keys is None else shows_keys


# -- JSON

def _json(keys, is_chinese, shows_keys, hints):
    """An object, by its skeleton or in words. The answer keeps to one line unless the skeleton has more."""
    has_skeleton = _drawn(shows_keys, .5)
    in_lines = has_skeleton and chance(.5)
    indent = choice(('  ', '    ', '', '\t')) if in_lines else ''

    def body(texts):
        pairs = [f'{indent}{_quoted(key)}: {text}' for key, text in zip(keys, texts)]
        return '{\n' + ',\n'.join(pairs) + '\n}' if in_lines else '{' + ', '.join(pairs) + '}'

    def write(values, absent):
        missing = 'null' if absent in (None, 'null') else _quoted(absent)
        return body([missing if value is None else _quoted(value) for value in values])

    if has_skeleton:
        return Form('json', _request('json skeleton', is_chinese) + '\n' * (in_lines or chance(.6)) + body(_gaps(keys, is_chinese, hints)), True, write)
    return Form('json', _request('json', is_chinese), False, write)


def _gaps(keys, is_chinese, hints):
    """What a skeleton has in the places of the values."""
    gap = choice(('""', '""', '""', '""', 'null', '"..."', '"xxx"', '"{key}"', '"string"') + (
        ('"？"', '"值"', '"<值>"', '"填写"', '"（{key}）"', '"文本"') if is_chinese else ('"?"', '"<value>"', '"<{key}>"', '"text"')))
    gaps = [gap.replace('{key}', _quoted(key)[1:-1]) for key in keys]
    if hints:
        gaps = [_quoted(hint) if hint else old for hint, old in zip(hints, gaps)]
    return gaps


def _json_pairs(keys, is_chinese, shows_keys, hints):
    """An array with an object for each field."""
    name, content = choice((('字段', '值'), ('名称', '内容'), ('field', 'value'), ('key', 'value')) if is_chinese else (
        ('field', 'value'), ('key', 'value'), ('name', 'content'), ('name', 'value'), ('label', 'text')))

    def write(values, absent):
        missing = 'null' if absent in (None, 'null') else _quoted(absent)
        return '[' + ', '.join(f'{{{_quoted(name)}: {_quoted(key)}, {_quoted(content)}: {missing if value is None else _quoted(value)}}}'
                               for key, value in zip(keys, values)) + ']'
    return Form('json pairs', _request('json pairs', is_chinese).format(name=name, value=content), False, write)


# -- lines

def _line_form(kind, pattern, p):
    """A maker for a form with a line for each key; `pattern()` draws how a line looks."""
    def make(keys, is_chinese, shows_keys, hints):
        line = pattern(is_chinese)

        def write(values, absent):
            return '\n'.join(line.replace('{k}', key).replace('{v}', value) for key, value in zip(keys, _filled(values, absent, is_chinese)))

        if _drawn(shows_keys, p):
            gap = choice(('', '', '', '...', '___', '?', 'xxx') if not is_chinese else ('', '', '', '…', '___', '？', 'xxx', 'XX'))
            gaps = [hint and (f'（{hint}）' if is_chinese else f'({hint})') or gap for hint in hints or [None] * len(keys)]
            skeleton = '\n'.join(line.replace('{k}', key).replace('{v}', shown) for key, shown in zip(keys, gaps))
            return Form(kind, _request('skeleton', is_chinese) + '\n' + skeleton, True, write)
        name, value = choice((('字段名', '值'), ('名称', '内容'), ('字段', '值'), ('项目', '内容')) if is_chinese else (
            ('name', 'value'), ('field', 'value'), ('key', 'value'), ('field name', 'content'), ('label', 'text')))
        return Form(kind, _request('line pattern', is_chinese).format(line.replace('{k}', name).replace('{v}', value)), False, write)
    return make


def _brackets(is_chinese):
    return choice(('【{k}】：{v}', '【{k}】：{v}', '【{k}】:{v}', '【{k}】{v}')) if is_chinese else choice(('【{k}】：{v}', '[{k}]: {v}', '[{k}] {v}', '【{k}】: {v}'))


def _colon(is_chinese):
    return choice(('{k}：{v}', '{k}：{v}', '{k}: {v}', '{k}:{v}')) if is_chinese else choice(('{k}: {v}', '{k}: {v}', '{k}:{v}', '{k} : {v}'))


def _equals(is_chinese):
    return choice(('{k}={v}', '{k} = {v}', '{k}="{v}"', 'export {k}={v}', '{k} := {v}'))


def _own(is_chinese):
    """A line of the author's own making."""
    return choice(_OWN + _OWN_CHINESE if is_chinese else _OWN)


_OWN = ('{k} | {v}', '- {k}: {v}', '* {k} - {v}', '{k} -> {v}', '{k} => {v}', '**{k}**: {v}', '{k}\t{v}', '# {k}\n{v}', '<{k}> {v}', '({k}) {v}', '{k}; {v}',
        '> {k}: {v}', '{k} / {v}', '"{k}","{v}"', '{k} [{v}]', '{k} ({v})', '@{k} {v}', '{v} <- {k}', '{k}, {v}', '{k}~{v}', '+ {k} {v}', '{k}::{v}',
        '{k} is {v}')
_OWN_CHINESE = ('{k}——{v}', '{k}→{v}', '『{k}』{v}', '{k}是{v}', '《{k}》{v}', '{k}为“{v}”', '■{k}：{v}', '●{k} {v}', '{k}（{v}）', '“{k}”：“{v}”', '{k}，{v}；')


def _tags(keys, is_chinese, shows_keys, hints):
    """An element for each key; sometimes one around all."""
    tags = ['_'.join(key.split()) for key in keys]
    around = choice((None, None, 'result', 'doc', 'data', '结果' if is_chinese else 'root'))
    joiner = choice(('\n', '\n', ''))

    def body(texts):
        lines = [f'<{tag}>{text}</{tag}>' for tag, text in zip(tags, texts)]
        return joiner.join([f'<{around}>', *lines, f'</{around}>'] if around else lines)

    request = _request('skeleton', is_chinese) + '\n' + body([''] * len(tags))
    return Form('tags', request, True, lambda values, absent: body(_filled(values, absent, is_chinese)))


# -- without names in the answer

def _values(keys, is_chinese, shows_keys, hints):
    return Form('values', _request('values', is_chinese), False, lambda values, absent: '\n'.join(_filled(values, absent, is_chinese)))


_SEPARATORS = {',': ('commas', '英文逗号'), ';': ('semicolons', '分号'), '|': ('vertical bars', '竖线'), '\t': ('tabs', '制表符'),
               ' / ': ('" / "', '“ / ”'), ' | ': ('" | "', '“ | ”')}


def _csv(keys, is_chinese, shows_keys, hints):
    """One line of values; one with the separator in it stands in quotes."""
    separator = choice(list(_SEPARATORS))
    has_header = chance(.3)

    def write(values, absent):
        texts = ['"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text for text in _filled(values, absent, is_chinese)]
        return (separator.join(keys) + '\n' if has_header else '') + separator.join(texts)

    request = _request('csv header' if has_header else 'csv', is_chinese).format(_SEPARATORS[separator][is_chinese])
    return Form('csv', request, False, write)


def _table(keys, is_chinese, shows_keys, hints):
    """A markdown table: a row for each key, or a column."""
    is_tall = chance(.6)
    head = choice((('字段', '值'), ('项目', '内容'), ('名称', '值')) if is_chinese else (('field', 'value'), ('Field', 'Value'), ('name', 'value'), ('key', 'value')))

    def row(cells):
        return '| ' + ' | '.join(cells) + ' |'

    def write(values, absent):
        texts = _filled(values, absent, is_chinese)
        if is_tall:
            return '\n'.join([row(head), '| --- | --- |', *(row(pair) for pair in zip(keys, texts))])
        return '\n'.join([row(keys), row(['---'] * len(keys)), row(texts)])

    request = _request('tall table', is_chinese).format(*head) if is_tall else _request('wide table', is_chinese)
    return Form('table', request, False, write)


def _sentence(keys, is_chinese, shows_keys, hints):
    """Everything on one line that the author has left gaps in, each gap marked with its key."""
    mark = choice(('{KEY}', '<KEY>', '[KEY]', '${KEY}', '{{KEY}}', '%KEY%') + (('【KEY】', '（KEY）') if is_chinese else ()))
    joiner = choice((' | ', ' / ', '; ', ', ', ' - ', ' # ', ' ~ ') + (('，', '；', '、') if is_chinese else (' and ', ' // ')))
    named = chance(.4)
    start, end = choice((('', ''), ('', ''), ('>> ', ''), ('(', ')'), ('* ', ' *'), ('OK: ', ''), ('结果：', '。') if is_chinese else ('Result: ', '.')))

    def body(texts):
        return start + joiner.join(f'{key}={text}' if named else text for key, text in zip(keys, texts)) + end

    gaps = body([mark.replace('KEY', key) for key in keys])
    return Form('sentence', _request('sentence', is_chinese) + '\n' * chance(.7) + gaps, True, lambda values, absent: body(_filled(values, absent, is_chinese)))


_MAKERS = {'json': _json, 'json pairs': _json_pairs, 'brackets': _line_form('brackets', _brackets, .5), 'colon': _line_form('colon', _colon, .4),
           'equals': _line_form('equals', _equals, .5), 'own': _line_form('own', _own, .6), 'tags': _tags, 'values': _values, 'csv': _csv, 'table': _table,
           'sentence': _sentence}
_KINDS = [('json', 34), ('json pairs', 2), ('brackets', 14), ('colon', 14), ('equals', 4), ('own', 10), ('tags', 4), ('values', 8), ('csv', 3), ('table', 3),
          ('sentence', 4)]
# Forms that can be asked for in words alone, so that the instruction's own list names the fields.
WORDED = [('json', 40), ('json pairs', 3), ('brackets', 14), ('colon', 16), ('equals', 4), ('own', 6), ('values', 10), ('csv', 4), ('table', 4)]
# Forms whose request spells the keys out.
SPELT = [('json', 45), ('brackets', 16), ('colon', 12), ('equals', 4), ('own', 10), ('tags', 6), ('sentence', 6)]
