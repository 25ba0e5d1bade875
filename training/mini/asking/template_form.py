"""The product's own prompt for a template, letter for letter: GlmStudio.Web/Domain/PromptRenderer.cs and PromptWords.cs are the specification,
and this file must follow every change of theirs."""
import json
import re
from dataclasses import dataclass

_ENGLISH = {
    'instruction': 'Read the values below from the picture.',
    'fields': 'Fields:',
    'types': {'text': 'text', 'number': 'number', 'money': 'amount of money', 'date': 'date', 'id': 'code, copied character by character',
              'phone': 'telephone number',
              'choice': 'one of ', 'yesNo': 'yes or no', 'list': 'list, one string an entry'},
    'required': ', required', 'example': 'Example: ',
    'answer': 'Answer with one JSON object and nothing else. Use exactly these keys in this order. '
              'Copy values as they are printed. Write null for a value that is not on the page.',
    'list answer': ' A list is an array of strings.',
    'open': ' (', 'close': ')', 'colon': ': ', 'separator': ', ', 'stop': '.', 'gap': ' '}
_CHINESE = {
    'instruction': '请从图片中读取下列字段。',
    'fields': '字段：',
    'types': {'text': '文本', 'number': '数字', 'money': '金额', 'date': '日期', 'id': '编号，逐字照抄', 'phone': '电话号码', 'choice': '以下之一：', 'yesNo': '是或否',
              'list': '列表，每项一个字符串'},
    'required': '，必填', 'example': '例如：',
    'answer': '只输出一个 JSON 对象，不要输出其他内容。键名和顺序与下面完全一致；值照页面原样填写；页面上没有的值填 null。',
    'list answer': '列表用字符串数组表示。',
    'open': '（', 'close': '）', 'colon': '：', 'separator': '、', 'stop': '。', 'gap': ''}


@dataclass
class TemplateField:
    """One field of a template. `value` is what the answer says: text, a list of texts or None; it is no part of the prompt."""
    key: str
    label: str
    type: str = 'text'
    description: str = ''
    example: str = ''
    required: bool = False
    choices: tuple = ()
    value: object = None


def render(instruction, fields):
    """The prompt for a template with this instruction and these fields."""
    words = _CHINESE if is_worded_in_chinese(instruction, fields) else _ENGLISH
    instruction = re.sub('\r\n|[\r\f\x85\u2028\u2029]', '\n', instruction).strip()
    if not fields:
        return instruction
    lines = [instruction or words['instruction'], '', words['fields']]
    lines += [_field_line(number, field, words) for number, field in enumerate(fields, 1)]
    lines += ['', words['answer'] + (words['list answer'] if any(field.type == 'list' for field in fields) else ''), _form(fields)]
    return '\n'.join(lines)


def is_worded_in_chinese(instruction, fields):
    return _has_ideograph(instruction) or 2 * sum(_has_ideograph(field.label) for field in fields) > len(fields)


def answer(fields):
    """What the model is to say: the object on one line."""
    return json.dumps({field.key: field.value for field in fields}, ensure_ascii=False)


def _field_line(number, field, words):
    text = f'{number}. {_quote(field.key)}'
    if field.label.upper() != field.key.upper():
        text += words['open'] + _one_line(field.label) + words['close']
    text += words['colon'] + words['types'][field.type]
    if field.type == 'choice':
        text += words['separator'].join(map(_quote, field.choices))
    if field.required:
        text += words['required']
    text += words['stop']
    description, example = _one_line(field.description), _one_line(field.example)
    if description:
        text += words['gap'] + description + ('' if description[-1] in '.!?…。！？；;：:' else words['stop'])
    return text + words['gap'] + words['example'] + example if example else text


def _form(fields):
    return '{\n' + ',\n'.join('    {}: {}'.format(_quote(field.key), '[""]' if field.type == 'list' else '""') for field in fields) + '\n}'


def _quote(text):
    return '"' + _one_line(text).replace('\\', '\\\\').replace('"', '\\"') + '"'


def _one_line(text):
    return ' '.join(text.split())


def _has_ideograph(text):
    return any('\u3400' <= c <= '\u9fff' or '\U00020000' <= c <= '\U000323af' for c in text)
