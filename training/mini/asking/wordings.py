"""Ten instructions that no training code can produce, to measure how a model takes wording it never met. They are written out by hand: two of them are the
product's template form under a sentence and labels of their own, the others ask for JSON, lines, brackets, bare values and numbered answers.

Where a concept has held-out names these are used by half of the wordings (`has_held_names`), so that strange sentences and strange names can be told apart."""
import json
import re
from dataclasses import dataclass
from typing import Callable

from . import concepts
from .template_form import TemplateField, render

_MISSING = {'', 'null', 'none', 'n/a', 'na', 'unknown', 'nil', '-', '--', '/', 'not found', 'missing', '未知', '无', '没有', '未找到', '空', '不详', '查无'}


@dataclass(frozen=True)
class Wording:
    """`parse(output)` gives {concept: text or None} for every concept asked for."""
    name: str
    instruction: str
    parse: Callable
    has_held_names: bool


def ten_wordings(fields):
    """The wordings for these concept keys, in their order: five in Chinese, five in English."""
    return [make(list(fields)) for make in (_chinese_json, _chinese_template, _chinese_brackets, _chinese_lines, _chinese_questions,
                                            _english_json, _english_template, _english_brackets, _english_lines, _english_values)]


def names_for(keys, is_chinese, is_held, skip=0):
    """{concept: name}, no name twice. Held-out ones where there are any."""
    found = {}
    for key in keys:
        known = (concepts.held_names(key, is_chinese) if is_held else ()) or concepts.names(key, is_chinese)
        free = [name for name in known if name not in found.values()] or [key]
        found[key] = free[skip % len(free)]
    return found


# -- Chinese

def _chinese_json(keys):
    names = names_for(keys, True, False, 1)
    text = (f"有一页材料要进台账，台账一行就是一个 JSON 对象，栏目从左到右依次叫：{'；'.join(names.values())}。请照着页面把这一行补上，栏目名当作键，页面没写的那一栏放 null。")
    return Wording('zh_json', text, _json_parser(names), False)


def _chinese_template(keys):
    names = names_for(keys, True, True)
    fields = [TemplateField(f'n{100 + 7 * i}', name, concepts.CONCEPTS[key].type.replace('list', 'text').replace('choice', 'text')) for i,
              (key, name) in enumerate(names.items())]
    text = render('这批纸要入库，劳烦照抄纸上的字，一格对应一个键。', fields)
    return Wording('zh_template', text, _json_parser({key: field.key for key, field in zip(keys, fields)}), True)


def _chinese_brackets(keys):
    names = names_for(keys, True, True, 1)
    text = '单子我看不清，你替我念：' + '，再是'.join(names.values()) + '。念的时候用【】把叫法框住，后面跟“：”和念到的字，一样一行；纸上没这样东西就念“未知”。'
    return Wording('zh_brackets', text, _bracket_parser(names), True)


def _chinese_lines(keys):
    names = names_for(keys, True, False, 2)
    text = '下面空着的地方都要按票面补齐，冒号左边一个字都别动，补不出来的写未知：\n\n' + '\n'.join(f'{name}：' for name in names.values())
    return Wording('zh_lines', text, _line_parser(names), False)


def _chinese_questions(keys):
    names = {key: (concepts.held_questions(key, True) or (names_for([key], True, False)[key] + '写着什么？',))[0] for key in keys}
    text = '考你几个小问题，答案都在这页纸上：\n' + '\n'.join(f'第{i}问 {name}' for i, name in enumerate(names.values(), 1)) + '\n答的时候一问占一行，行首不写题号，只写纸上的原话；答不上来写未知。'
    return Wording('zh_questions', text, _value_parser(names), True)


# -- English

def _english_json(keys):
    names = names_for(keys, False, False, 1)
    text = ("A spreadsheet row is to be made out of this sheet of paper. Its column titles are " + ' + '.join(f'“{name}”' for name in names.values())
            + ". Hand the row over as JSON whose keys are the titles; a cell for which the paper offers no text holds null.")
    return Wording('en_json', text, _json_parser(names), False)


def _english_template(keys):
    names = names_for(keys, False, True)
    fields = [TemplateField(f'n{100 + 7 * i}', name, concepts.CONCEPTS[key].type.replace('list', 'text').replace('choice', 'text')) for i,
              (key, name) in enumerate(names.items())]
    text = render('These papers go into storage; be so good as to type off what stands on them, one box a key.', fields)
    return Wording('en_template', text, _json_parser({key: field.key for key, field in zip(keys, fields)}), True)


def _english_brackets(keys):
    names = names_for(keys, False, True, 1)
    text = ('My eyes are bad, so read aloud to me: ' + ', then '.join(names.values())
            + '. Box each heading in 【】, follow it with ： and the words on the paper, and start afresh on a new row every time. '
              'Should the paper be silent, the words are unknown.')
    return Wording('en_brackets', text, _bracket_parser(names), True)


def _english_lines(keys):
    names = names_for(keys, False, False, 2)
    text = 'Complete the index card by continuing every line after its colon (unknown where the paper leaves you no choice):\n\n'
    text += '\n'.join(f'{name}:' for name in names.values())
    return Wording('en_lines', text, _line_parser(names), False)


def _english_values(keys):
    names = {key: (concepts.held_questions(key, False) or (f'And the {names_for([key], False, False)[key]}, what is that?',))[0] for key in keys}
    text = ('A small quiz about the paper before you.\n' + '\n'.join(names.values())
            + '\nOne reply per row, in the order of the quiz, quoting the paper and nothing besides; a row without a reply reads unknown.')
    return Wording('en_values', text, _value_parser(names), True)


# -- reading the answers

def _text(value):
    """A value of an answer as text, or None for any way to say that there is none."""
    if value is None:
        return None
    if isinstance(value, list):
        value = '\n'.join(map(str, value))
    value = str(value).strip()
    return None if value.lower() in _MISSING else value


def _json_parser(names):
    """By json where that works; by looking for each key otherwise, for a model may lose a quote or a brace."""
    def parse(output):
        start, end = output.find('{'), output.rfind('}')
        try:
            found = json.loads(output[start:end + 1])
        except ValueError:
            found = None
        if isinstance(found, dict):
            found = {str(key).strip().lower(): value for key, value in found.items()}
            return {key: _text(found.get(name.lower())) for key, name in names.items()}
        return {key: _loose_json_value(output, name) for key, name in names.items()}
    return parse


def _loose_json_value(output, name):
    match = re.search(r'(?<!\w)' + re.escape(name) + r'["”\']?\s*[:：]\s*(?:"((?:[^"\\]|\\.)*)"?|([^,}\n]*))', output, re.IGNORECASE)
    if not match:
        return None
    return _text(match[1].replace('\\"', '"') if match[1] is not None else match[2])


def _line_parser(names):
    """'name: value' lines with any decoration before the name."""
    def parse(output):
        found = {}
        for line in output.splitlines():
            for key, name in names.items():
                match = re.match(r'[\s\-*•\d.()"“\[【]*' + re.escape(name) + r'["”*\]】]*\s*[:：=]?\s*(.*)', line, re.IGNORECASE)
                if match and key not in found and not _longer_name(line, name, names):
                    found[key] = _text(match[1])
        return {key: found.get(key) for key in names}
    return parse


def _longer_name(line, name, names):
    """Whether a longer name that begins with this one stands in the line."""
    return any(other != name and other.lower().startswith(name.lower()) and other.lower() in line.lower() for other in names.values())


def _bracket_parser(names):
    """【name】：value, also over several lines or with ASCII brackets."""
    def parse(output):
        parts = re.findall(r'[【\[]([^】\]\n]*)[】\]]\s*[:：]?\s*(.*?)(?=\s*[【\[][^】\]\n]*[】\]]\s*[:：]|\Z)', output, re.DOTALL)
        found = {}
        for name, value in parts:
            found.setdefault(name.strip().lower(), value)
        if not found:
            return _line_parser(names)(output)
        return {key: _text(found.get(name.lower())) for key, name in names.items()}
    return parse


def _value_parser(names):
    """Bare values, one a line in the order asked."""
    def parse(output):
        lines = [re.sub(r'^\s*(?:第\d{1,2}问[:：]?|\d{1,2}[)、]|\d{1,2}\.\s)\s*', '', line) for line in output.splitlines() if line.strip()]
        return {key: _text(lines[i]) if i < len(lines) else None for i, key in enumerate(names)}
    return parse
