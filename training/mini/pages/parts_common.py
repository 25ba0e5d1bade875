"""Small parts of the pages other than bills."""
from ..chance import chance, choice, randint, sample
from ..sheet import wrap
from .parts_forms import random_pairs


def either(is_chinese, chinese_texts, english_texts):
    """One of texts divided by '|', in the page's language."""
    return choice((chinese_texts if is_chinese else english_texts).split('|'))


def extras(sheet, most, beside=()):
    """Up to `most` random pairs whose labels are neither on the sheet nor among the triples `beside`."""
    used = {label.lower() for label in sheet.labels.values()} | {label.lower() for _, label, _ in beside}
    return [triple for triple in random_pairs(sheet.is_chinese, randint(0, most)) if triple[1].lower() not in used]


def long_value(sheet, key, label, value, length, x=.02, more_x=None):
    """A labelled value that goes on over rows of at most `length` characters."""
    lines = [line for line in map(sheet.seen, wrap(value, length, sheet.is_chinese)) if line]
    label = sheet.seen(label)
    if sheet.put(key, ('' if sheet.is_chinese else ' ').join(lines), label):
        sheet.row((label + sheet.separator + lines[0], x))
        for line in lines[1:]:
            sheet.row((line, x if more_x is None else more_x), gap=.8)


def footer(sheet, chinese_texts, english_texts, most=2, size=1):
    """Up to `most` of the lines divided by '|', no answer to anything."""
    offered = (chinese_texts if sheet.is_chinese else english_texts).split('|')
    for text in sample(offered, min(randint(0, most), len(offered))):
        x, align = (.5, 'c') if chance(.7) else (.02, 'l')
        sheet.row((sheet.seen(text), x, align, size))


def price_form():
    """A function that prints a price as a number, in one way that a page keeps."""
    kind = choice(('cents', 'cents', 'whole', 'short', 'grouped'))
    if kind == 'whole':
        return lambda value: str(max(1, round(value)))
    if kind == 'short':
        return lambda value: f'{round(value, 1):g}'
    return (lambda value: f'{value:,.2f}') if kind == 'grouped' else (lambda value: f'{value:.2f}')


def sentence(sheet, *parts, width=None, x=.02, indent=.04):
    """Prints running text with values in it, wrapped. Parts are texts or (key, value, label) to be registered; label may be None."""
    shown = ''
    for part in parts:
        if isinstance(part, tuple):
            key, value, label = part
            value = sheet.seen(value)
            if key:
                sheet.put(key, value, label)
            shown += value
        else:
            shown += part
    width = width or (randint(22, 38) if sheet.is_chinese else randint(44, 76))
    for i, line in enumerate(wrap(shown, width, sheet.is_chinese)):
        sheet.row((line, x if i else x + indent), gap=.8 if i else 1)
