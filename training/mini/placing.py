"""Where the rows of a sheet stand on the page: text boxes as a reader would report them, in the order it would report them."""
from typing import NamedTuple

from . import noise
from .chance import chance, choice, gauss, randint, shuffle, uniform, weighted
from .transcript import Line

# Widths in half ems. A page is printed in a fixed-pitch or in a proportional face.
_FIXED = {chr(c): 1 for c in range(32, 127)}
_PROPORTIONAL = {c: 1.25 if c in 'MW@%mw' else 1.2 if c.isupper() else .55 if c in "iljtfI.,:;'!|()[] -" else 1.05 for c in _FIXED}
_NARROW = {c: width * .82 for c, width in _PROPORTIONAL.items()}
_WIDE = 2
# Measured: share of neighbours that the reader joins, up to a gap in type heights.
_MERGED_BY_GAP = ((.4, .91), (.6, .86), (.8, .6), (1, .37), (1.25, .23), (1.5, .05), (2, .03))


class PlacedCell(NamedTuple):
    """A text box: edges and vertical middle as fractions of the page, `height` as a fraction of the page's height. `size` is the type size relative to body
    text. `em` is the type size as a fraction of the page's width, so height / em is the page's width divided by its height."""
    left: float
    right: float
    middle: float
    height: float
    text: str
    size: float
    em: float

    def line(self):
        return Line(self.left, self.right, self.middle, self.text)


class _Box:
    """A cell on its way: horizontal places in page widths, `y` in line heights."""
    __slots__ = ('left', 'right', 'y', 'text', 'size')

    def __init__(self, left, right, y, text, size):
        self.left, self.right, self.y, self.text, self.size = left, right, y, text, size


def place(sheet, exact=False):
    """The sheet's cells as boxes in reading order. Rows may be lost on the way as on a torn page; their fields then leave sheet.fields.
    `exact`: nothing lost, merged, split, moved or out of order, for a page that is going to be rendered. With the noise switched off the page still lies
    askew and anywhere on its sheet, but the reader's faults stay away."""
    faulty = not exact and not noise.is_switched_off()
    widths = choice((_FIXED, _PROPORTIONAL, _PROPORTIONAL, _NARROW))
    half_em = choice((.012, .014, .016, .02, .024))
    leading = choice((1., 1., 1.3, 1.6))
    if faulty and chance(.3):
        _drop_rows(sheet, choice((.01, .03)))
    split_rate = choice((0, 0, 0, .01, .03)) if faulty else 0
    boxes, y = [], 0.
    for row in sheet.rows:
        y += row.gap * leading * (1.6 if chance(.08) else 1)
        tallest = max(cell.size for cell in row.cells)
        y += (tallest - 1) * .5
        cells = row.cells if exact else [cell._replace(text=sheet.noise.close_up(cell.text)) for cell in row.cells]
        boxes += _set_row(cells, y, half_em, widths, faulty, split_rate)
        y += (tallest - 1) * .5
    if not boxes:
        boxes = [_Box(0, 1, 1, '-', 1)]
    cells = _onto_page(boxes, half_em * 2, y + .5, exact, faulty)
    return _read_in_order(cells) if faulty else cells


def width_of(text, widths=_PROPORTIONAL):
    """The text's width in half ems."""
    return sum(widths.get(c, 1.1 if c < '\u2e80' else _WIDE) for c in text)


# -- one row

def _set_row(cells, y, half_em, widths, merges, split_rate):
    """The boxes of a row from left to right, pushed apart where they would overlap."""
    line = []
    for text, x, align, size in cells:
        text = text.strip() or text
        width = width_of(text, widths) * half_em * size
        left = max(0, x if align == 'l' else x - width if align == 'r' else x - width / 2)
        line.append(_Box(left, left + width, y, text, size))
    line.sort(key=lambda box: box.left)
    for i in range(1, len(line)):
        behind = line[i - 1].right + .01 - line[i].left
        if behind > .005:
            line[i].left += behind
            line[i].right += behind
    if merges:
        for i in range(len(line) - 1, 0, -1):
            if chance(_merge_share((line[i].left - line[i - 1].right) / (2 * half_em * line[i].size))):
                line[i - 1:i + 1] = [_merge(line[i - 1], line[i])]
    if split_rate:
        line = [part for box in line for part in (_split(box) if len(box.text) > 8 and chance(split_rate) else (box,))]
    return line


def _merge_share(gap):
    """How often the reader takes two cells for one, by the gap between them in type heights."""
    return next((share for most, share in _MERGED_BY_GAP if gap < most), 0)


def _merge(first, second):
    """Two neighbours read as one box."""
    is_chinese = first.text[-1] > '\u2e7f' or second.text[0] > '\u2e7f'
    return _Box(first.left, second.right, first.y, first.text + ('' if is_chinese else ' ') + second.text, max(first.size, second.size))


def _split(box):
    """One box read as two, at a space or between Chinese characters."""
    text = box.text
    at_spaces = [i for i in range(1, len(text) - 1) if text[i] == ' ']
    at = choice(at_spaces) if at_spaces else randint(3, len(text) - 3)
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    if not head or not tail or not (at_spaces or head[-1] > '\u2e80' and tail[0] > '\u2e80'):
        return (box,)
    border = box.left + (box.right - box.left) * at / len(text)
    return _Box(box.left, border - .004, box.y, head, box.size), _Box(border + .004, box.right, box.y, tail, box.size)


# -- the page

def _onto_page(boxes, em, height, exact, faulty):
    """Scales to fractions of the page, with margins; otherwise than `exact` also skewed, and shaken where `faulty`."""
    least, most = min(box.left for box in boxes), max(box.right for box in boxes)
    if exact:
        margins = tuple(uniform(.03, .08) for _ in range(4))
    else:
        margins = _scan_margins()
    start, top = margins[0], margins[2]
    across, down = 1 - margins[0] - margins[1], 1 - margins[2] - margins[3]
    skew = 0 if exact or chance(.7) else gauss(0, .01)
    shake = choice((0, .002, .004)) if faulty else 0
    scale = across / max(most - least, .05)
    line_height = down / height
    em_width = em * scale
    found = []
    for box in boxes:
        left, right = start + (box.left - least) * scale, start + (box.right - least) * scale
        middle = top + (box.y - .5) * line_height + skew * (left - .5)
        if shake:
            left, middle = left + gauss(0, shake), middle + gauss(0, shake * .5)
            right = max(left, right + gauss(0, shake))
        found.append(PlacedCell(_inside(left), _inside(right), _inside(middle), box.size * line_height * .9, box.text, box.size, em_width * box.size))
    return found


def _scan_margins():
    """left, right, top, bottom: cut at the text, a scanner's bed with the slip anywhere on it, or a small slip on a large sheet."""
    how = weighted((('cut', 40), ('some', 35), ('scanner', 15), ('small', 10)))
    if how == 'cut':
        return tuple(0 if chance(.6) else uniform(0, .08) for _ in range(4))
    if how == 'some':
        return uniform(0, .12), uniform(0, .15), uniform(0, .25), uniform(0, .12)
    left, top = (uniform(.05, .4) for _ in range(2))
    if how == 'scanner':
        return left, uniform(.2, .9 - left) * .8, uniform(0, .3), uniform(0, .5)
    return left, max(0, .65 - left), top, max(0, .6 - top)


def _inside(fraction):
    return min(1., max(0., fraction))


def _read_in_order(cells):
    """Most readers go row by row; some miss that."""
    how = weighted((('rows', 68), ('astray', 12), ('shuffled', 5), ('by height', 10), ('columns', 5)))
    if how == 'astray' and len(cells) > 3:
        for _ in range(randint(1, 4)):
            cells.insert(len(cells) if chance(.7) else randint(0, len(cells)), cells.pop(randint(0, len(cells) - 1)))
    elif how == 'shuffled':
        shuffle(cells)
    elif how == 'by height':
        step = choice((.008, .015))
        cells.sort(key=lambda cell: (int(cell.middle / step), cell.left))
    elif how == 'columns':
        cells.sort(key=lambda cell: (cell.left > .5, cell.middle))
    return cells


# -- lost rows

def _drop_rows(sheet, rate):
    """Takes rows out, only where it is certain what they say: text that is no answer, or whole fields that stand in no other row. Those fields go too."""
    chosen = [i for i in range(len(sheet.rows)) if chance(rate)]
    if not chosen:
        return
    texts = [_bare(' '.join(cell.text for cell in row.cells)) for row in sheet.rows]
    fields = {key: _bare(value) for key, value in sheet.fields.items()}
    other_answers = [_bare(text) for text in _listed(sheet)]
    for i in reversed(chosen):
        gone = _fields_only_here(i, sheet, texts, fields, other_answers)
        if gone is None or len(sheet.rows) < 3:
            continue
        del sheet.rows[i], texts[i]
        for key in gone:
            del sheet.fields[key], fields[key]
            sheet.labels.pop(key, None)


def _fields_only_here(i, sheet, texts, fields, other_answers):
    """The keys that leave with row i, or None if the row must stay."""
    text = texts[i]
    if any(answer and answer in text for answer in other_answers):
        return None
    cells = [_bare(cell.text) for cell in sheet.rows[i].cells]
    here = [key for key, value in fields.items() if value in text]
    elsewhere = [other for n, other in enumerate(texts) if n != i]
    if any(fields[key] in other for key in here for other in elsewhere):
        return None
    for key, value in fields.items():
        if key in here:
            continue
        label = _bare(sheet.labels.get(key, ''))
        printed_apart = not any(value in other for other in elsewhere)  # over several rows or cells
        if label and label in text or printed_apart and (value[:4] in text or value[-4:] in text or any(fields[other] in value for other in here)):
            return None
        if any((printed_apart or len(cell) > 1) and cell in value for cell in cells):
            return None
    return here


def _listed(sheet):
    """Texts of items, tables and messages: rows with these stay."""
    for item in sheet.items:
        yield from (value for value in item.values() if isinstance(value, str))
    for table in sheet.tables:
        yield from table.columns
        for row in table.rows:
            yield from row
    for message in sheet.messages:
        yield from message


def _bare(text):
    return text.replace(' ', '')
