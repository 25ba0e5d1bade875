"""A page while it is composed: rows of printed cells, and what they say (fields, items, tables, messages)."""
from dataclasses import dataclass, field
from typing import NamedTuple

from .chance import chance, choice, randint
from .noise import Noise


class Cell(NamedTuple):
    """Printed text. `x` is a fraction of the page's width: the left edge, centre or right edge by `align` ('l', 'c', 'r'); `size` is relative to body text."""
    text: str
    x: float = .02
    align: str = 'l'
    size: float = 1


class Row(NamedTuple):
    """Cells beside each other; `gap` is the distance to the row above in line heights."""
    cells: list
    gap: float = 1


class Table(NamedTuple):
    """`kinds` says of each column whether it holds 'name', 'num', 'date' or 's'; the first column names the row.
    `flags`: (column, (words for high, low, normal)) of a laboratory table. `days`: {(row, column): (y, m, d)} of date cells."""
    columns: list
    rows: list
    kinds: list
    flags: tuple = None
    days: dict = {}


@dataclass
class Sheet:
    """`fields` maps a concept (a key of asking/names.py, or 'label:TEXT' for a label that is no concept) to its value as the reader sees it;
    `labels` to the label printed beside it. `items` are the lines of a bill or menu (name, qty, price, amount …)."""
    is_chinese: bool
    family: str = ''
    noise: Noise = field(default_factory=Noise.draw)
    rows: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    items: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    messages: list = field(default_factory=list)   # (who, text)
    style: str = 'one'                             # how pair() prints: 'one' cell, 'two' cells, 'right', 'above'

    def __post_init__(self):
        self.separator = choice(('：', ':', '： ', ' ', '')) if self.is_chinese else choice((': ', ':', ' : ', '：', ' ', '  '))

    def seen(self, text):
        """The text as the reader will see it. Everything printed goes through this once, so that answers are what the transcript shows."""
        return self.noise.misread(text) or text

    def row(self, *cells, gap=1):
        """Prints cells (Cell or tuple) beside each other; the texts have been through `seen`."""
        kept = [Cell(*c) for c in cells if c[0]]
        if kept:
            self.rows.append(Row(kept, gap))

    def put(self, key, value, label=None):
        """Registers a field once; says whether it was new."""
        if key in self.fields:
            return False
        self.fields[key] = value
        if label and label.strip(' :：'):
            self.labels[key] = label.strip(' :：')
        return True

    def pair(self, key, label, value, x=.02, value_x=None, size=1, separator=None, glue='', end=.98):
        """Prints a label with its value and registers it (key None: only prints). `glue` stands before the value and is no part of it: a currency."""
        label, value = self.seen(label), self.seen(value)
        if key:
            self.put(key, value, label)
        between = self.noise.misread((self.separator if separator is None else separator) + glue, before=label)
        separator, glue = between[:len(between) - len(glue)], between[len(between) - len(glue):]
        if self.style == 'one':
            self.row((label + separator + glue + value, x, 'l', size))
        elif self.style == 'two':
            self.row((label + separator.rstrip() if chance(.7) else label, x, 'l', size), (glue + value, value_x if value_x is not None else x + .3, 'l', size))
        elif self.style == 'right':
            shown = label + separator.rstrip() if chance(.6) else label
            apart = glue.strip() and chance(.2)
            self.row((shown, x, 'l', size), *([(glue.strip(), end - .18, 'r', size), (value, end, 'r', size)] if apart else [(glue + value, end, 'r', size)]))
        else:  # above
            self.row((label, x, 'l', size), gap=.9)
            self.row((glue + value, x, 'l', size))
        return value

    def lines(self, key, text, x=.5, align='c', width=None, size=1, prefix=''):
        """Prints one value over several lines and registers it, joined."""
        seen = [s for s in map(self.seen, wrap(text, width or (randint(10, 22) if self.is_chinese else randint(18, 42)), self.is_chinese)) if s]
        self.put(key, ('' if self.is_chinese else ' ').join(seen), prefix or None)
        for i, line in enumerate(seen):
            self.row((prefix + line if i == 0 else line, x, align, size))

    def title(self, key, text, size=None, x=.5, align='c'):
        """Prints a heading, registered if a key is given."""
        text = self.seen(text)
        if key:
            self.put(key, text)
        self.row((text, x, align, size or choice((1.3, 1.6, 1.8))))
        return text


def wrap(text, width, is_chinese):
    """Lines of at most `width` characters: anywhere in Chinese, at spaces otherwise."""
    if is_chinese:
        return [text[i:i + width] for i in range(0, len(text), width)]
    found, line = [], ''
    for part in text.split(' '):
        if line and len(line) + 1 + len(part) > width:
            found.append(line)
            line = part
        else:
            line = f'{line} {part}' if line else part
    return found + [line]
