"""A whole instruction for several fields or one, with the answer to it: frames, lists and forms put together in changing order."""
from dataclasses import dataclass
from typing import Callable

from ..chance import chance, choice, shuffle, weighted
from . import formats, frames


@dataclass
class Instruction:
    """`write(values)` makes the answer; None stands for a value that the page does not have."""
    text: str
    write: Callable
    kind: str


def instruction(names, is_chinese, hints=None, types=None, examples=None, keys=None, document=None, absent=None):
    """Asks for the fields by these names.

    `hints`, `types` and `examples` hold for each name a text or None. With `keys` the answer names the fields so, whatever the prose calls them; they may
    be nonsense if the names explain them. `absent` fixes the word for a missing value, which is drawn otherwise."""
    kind = weighted(((_by_list, .55), (_by_skeleton, .33), (_twice, .12)) if keys is None else ((_twice, 1),))
    parts, answer_form = kind(list(names), is_chinese, hints, types, examples, keys, document)
    extra = []
    stated = absent
    if absent is not None or chance(.6):
        stated = frames.absent_word(is_chinese) if absent is None else absent
        while not stated and answer_form.kind == 'values':  # an empty line is hard to see
            stated = frames.absent_word(is_chinese)
        extra.append(frames.absent_clause(is_chinese, stated))
    if chance(.3):
        extra.append(frames.closing(is_chinese))
    if chance(.2):
        shuffle(extra)
    # A clause may come before the skeleton, but a list must not have one between itself and its opening.
    if chance(.25) and len(parts) > 1:
        parts = parts[:-1] + extra + parts[-1:]
    else:
        parts += extra
    text = _joined(parts, is_chinese)
    if chance(.12):
        text = frames.preamble(is_chinese) + choice(('\n', ' ', '\n\n')) + text
    return Instruction(text, lambda values: answer_form.write(values, stated), answer_form.kind)


def single(name, is_chinese, question=None, hint=None, document=None, absent=None):
    """Asks for one field, whose value alone is the answer. `question`: a whole question to use in place of one made from the name."""
    text = question or frames.single_question(name, is_chinese, document)
    if hint:
        text += f'（{hint}）' if is_chinese else f' ({hint})'
    stated = absent
    if absent is not None or chance(.5):
        while not stated:  # nothing at all is no answer
            stated = frames.absent_word(is_chinese)
        text = _joined([text, frames.absent_clause(is_chinese, stated)], is_chinese)
    if chance(.2):
        text = _joined([text, frames.closing(is_chinese)], is_chinese)
    if chance(.1):
        text = (frames.preamble(is_chinese) if chance(.6) else frames.role(is_chinese)) + choice(('\n', ' ')) + text
    missing = stated or formats.UNSTATED[is_chinese]
    return Instruction(text, lambda values: missing if values[0] is None else values[0], 'single')


def _by_list(names, is_chinese, hints, types, examples, keys, document):
    """The names as a list and the form in words; the form sometimes first."""
    answer_form = formats.form(names, is_chinese, weighted(formats.WORDED), shows_keys=False)
    listed = frames.opening(is_chinese, document) + frames.listing(names, hints, is_chinese, types, examples)
    parts = [listed, answer_form.request]
    return (parts[::-1] if chance(.12) else parts), answer_form


def _by_skeleton(names, is_chinese, hints, types, examples, keys, document):
    """Only the form shows the names; hints stand in its gaps or below it."""
    in_gaps = hints and chance(.5)
    answer_form = formats.form(names, is_chinese, weighted(formats.SPELT), shows_keys=True, hints=hints if in_gaps else None)
    parts = []
    if chance(.4):
        verb = choice(('请识别图片', '读取内容', '提取信息', '阅读材料', '请看图', '识别') if is_chinese else (
            'Read the page', 'Extract the information', 'Look at the document', 'Read this', 'Take the data from the page', 'Please extract'))
        parts.append(verb)
    elif chance(.2):
        parts.append(frames.role(is_chinese))
    parts.append(answer_form.request)
    if not in_gaps and any(hints or ()):
        pairs = [(name, hint) for name, hint in zip(names, hints) if hint]
        mark = choice(('：', '指', '即', '——', ' = ') if is_chinese else (': ', ' = ', ' means ', ' is ', ' - '))
        parts.append(choice(('；', '\n') if is_chinese else ('; ', '\n')).join(name + mark + hint for name, hint in pairs))
    return parts, answer_form


def _twice(names, is_chinese, hints, types, examples, keys, document):
    """The names in prose or a list, then a skeleton; its keys may be others, in the same order."""
    keys = list(keys or names)
    listed = frames.opening(is_chinese, document) + frames.listing(names, hints, is_chinese, types, examples)
    answer_form = formats.form(keys, is_chinese, weighted(formats.SPELT), shows_keys=True)
    return [listed, answer_form.request], answer_form


def _joined(parts, is_chinese):
    """The parts with what stands between sentences; a part of several lines gets lines of its own."""
    parts = [part for part in parts if part]
    gap = choice(('，', '。', '\n', '；', '。\n', ' ') if is_chinese else ('. ', '\n', '.\n', '; ', ' ', '\n\n'))
    text = parts[0]
    for before, part in zip(parts, parts[1:]):
        if '\n' in before or '\n' in part and chance(.5):
            text += '\n'
        elif text[-1] in '.?!。？！：:；，' and gap not in ('\n', '\n\n', '.\n', '。\n'):
            text += '' if is_chinese else ' '
        else:
            text += gap.lstrip('.。') if text[-1] in '.?!。？！：:；，' else gap
        if not is_chinese and text[-1:] == '\n' or text[-2:] in ('. ', '? ', '! '):
            part = part[:1].upper() + part[1:] if part[0] not in '{[<' and chance(.8) else part
        text += part
    if chance(.3) and '\n' not in parts[-1] and text[-1] not in '.?!。？！：:；，}]>\n|_':
        text += '。' if is_chinese else '.'
    return text
