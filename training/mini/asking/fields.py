"""Questions for fields in everything but the product's template form: a single value, a whole question, or several fields in an author's own wording."""
from ..chance import chance, choice, weighted
from . import concepts, frames, instructions
from .concepts import CONCEPTS, plain
from .spoken import ask_spoken
from .template_questions import example

_SPOKEN = .26  # what spoken.py makes of all questions for fields


def ask_fields(reading, is_chinese):
    """(instruction, answer, kind), or None if the page has nothing to ask."""
    if chance(_SPOKEN):
        return ask_spoken(reading, is_chinese)
    wanted = reading.choose(is_chinese)
    if not wanted:
        return None
    if len(wanted) == 1 and chance(.75):
        return _single(reading, wanted[0], is_chinese)
    names = _styled([field.name for field in wanted])
    hints = [field.hint for field in wanted] if any(field.hint for field in wanted) else None
    types = [field.type if field.key in CONCEPTS else None for field in wanted] if chance(.1) else None
    examples = [example(field, reading.sheet.is_chinese) if chance(.7) else None for field in wanted] if chance(.07) else None
    asked = instructions.instruction(names, is_chinese, hints, types, examples, _other_keys(wanted, names, is_chinese))
    return asked.text, asked.write([field.value for field in wanted]), asked.kind


def _styled(names):
    """The names, sometimes all in one style of keys."""
    if chance(.75) or not all(name.isascii() for name in names):
        return names
    style = frames.key_style(False)
    styled = [style(name) for name in names]
    return styled if all(styled) and len(set(styled)) == len(styled) else names


def _other_keys(wanted, names, is_chinese):
    """Keys that differ from the names in the prose: meaningless ones, or other names of the same fields. Mostly None: the names are the keys."""
    kind = weighted((('none', 84), ('nonsense', 8), ('names', 8)))
    if kind == 'none':
        return None
    if kind == 'nonsense':
        return frames.nonsense_keys(names, is_chinese)
    style = frames.key_style(False)
    keys = []
    for field, name in zip(wanted, names):
        known = concepts.names(field.key, False) if field.key in CONCEPTS else ()
        keys.append(style(choice(known)) if known else name)
    return keys if len({plain(key) for key in keys}) == len(keys) else None


def _single(reading, field, is_chinese):
    """One value: by its name, or by a sentence that does not name it."""
    question = None
    if field.key in CONCEPTS and chance(.5) and not reading.is_doubtful(field.key):
        known = concepts.questions(field.key, is_chinese)
        question = choice(known) if known else None
    asked = instructions.single(field.name, is_chinese, question, field.hint)
    return asked.text, asked.write([field.value]), 'natural' if question else 'single'
