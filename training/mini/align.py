"""Which printed cells became which read lines, and which characters became which: for measuring the reader and for pages in the words the reader saw."""
from difflib import SequenceMatcher
from typing import NamedTuple

_SPLIT = '\x1f'   # stands between two read lines that are one printed cell
_GAP, _SPACE, _BORDER = 1., .45, .1
_VERTICAL, _HORIZONTAL = .55, .35
_FULL_TO_HALF = {code: code - 0xfee0 for code in range(0xff01, 0xff5f)} | {ord('￥'): ord('¥'), 0x3000: 32}


class Group(NamedTuple):
    """Cells (numbers in the truth) and lines (numbers in the reading) that cover each other: one and one, usually."""
    cells: tuple
    lines: tuple


def groups(cells, lines):
    """All cells and lines, grouped; either side may be empty. A line that says the same as a cell it touches belongs to no other."""
    touching = [(i, j) for i, cell in enumerate(cells) for j, line in enumerate(lines) if _touch(cell, line)]
    certain_cells, certain_lines = {}, {}
    for least in (1., .75):
        likely = [(_likeness(cells[i], lines[j]), i, j) for i, j in touching if i not in certain_cells and j not in certain_lines]
        for likeness, i, j in sorted(likely, reverse=True):
            if likeness >= least and i not in certain_cells and j not in certain_lines:
                certain_cells[i], certain_lines[j] = j, i
    parent = list(range(len(cells) + len(lines)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i
    for i, j in touching:
        if certain_cells.get(i, j) == j and certain_lines.get(j, i) == i:
            parent[root(i)] = root(len(cells) + j)
    found = {}
    for i in range(len(parent)):
        found.setdefault(root(i), []).append(i)
    return [Group(tuple(i for i in group if i < len(cells)), tuple(i - len(cells) for i in group if i >= len(cells))) for group in found.values()]


def _likeness(cell, line):
    """1 for the same text; less for texts of about the same width and length with less in common."""
    printed, read = normal(cell['text']), normal(line['text'])
    if printed == read:
        return 1.
    is_as_wide = .88 * cell['w'] < line['w'] < 1.12 * cell['w'] and abs(len(printed) - len(read)) <= 1 + len(printed) // 20
    return SequenceMatcher(None, printed, read, False).ratio() if is_as_wide else 0.


def _touch(cell, line):
    """Whether a read line lies on a printed cell."""
    apart = abs(cell['y'] + cell['h'] / 2 - line['y'] - line['h'] / 2)
    if is_upright(cell, line):
        apart = max(0, apart - line['h'] / 2)
    if apart > _VERTICAL * min(cell['h'] * 1.4, line['h']):
        return False
    common = min(cell['x'] + cell['w'], line['x'] + line['w']) - max(cell['x'], line['x'])
    return common > _HORIZONTAL * min(cell['w'], line['w'])


def is_upright(cell, line):
    """A line far higher than the cell: the reader took cells above each other, a column of short numbers, for one text."""
    return line['h'] > 2.2 * cell['h']


def normal(text):
    """Full-width forms as half-width ones, without spaces: what counts when two texts are compared."""
    return text.translate(_FULL_TO_HALF).replace(' ', '').replace(_SPLIT, '')


class Alignment:
    """Printed text against read text. `steps`: (number in printed, number in read), None where the other side has nothing."""

    def __init__(self, printed, read):
        self.printed, self.read = printed, read
        self.steps = [(i, i) for i in range(len(printed))] if printed == read else _steps(printed, read)

    def span(self, start, end):
        """What printed[start:end] was read as; None if nothing of it was."""
        inside = [j for i, j in self.steps if i is not None and start <= i < end and j is not None and self.printed[i] != ' ']
        if not inside:
            return None
        at_spaces = {j for i, j in self.steps if i is not None and j is not None and self.printed[i] == ' '}
        first, last = min(inside), max(inside)
        return ''.join(c if c != _SPLIT else ' ' if j in at_spaces else '' for j, c in enumerate(self.read[first:last + 1], first)).strip() or None


def of_group(group, cells, lines):
    """(alignment, [(cell, where it starts in the printed text)]); the cells and lines of the group from left to right."""
    starts, printed = [], ''
    side = 'y' if any(is_upright(cells[i], lines[j]) for i in group.cells for j in group.lines) else 'x'
    for i in sorted(group.cells, key=lambda i: cells[i][side]):
        printed += ' ' if printed else ''
        starts.append((i, len(printed)))
        printed += cells[i]['text']
    read = _SPLIT.join(lines[j]['text'] for j in sorted(group.lines, key=lambda j: lines[j]['x']))
    return Alignment(printed, read), starts


def _cost(printed, read):
    if printed == read:
        return 0.
    if printed == ' ' or read == ' ' or read == _SPLIT:
        return 0. if printed == ' ' and read == _SPLIT else 1.3
    return .3 if normal(printed) == normal(read) else .95


def _steps(printed, read):
    """The cheapest way from one text to the other."""
    height, width = len(printed) + 1, len(read) + 1
    removals = [_SPACE if c == ' ' else _GAP for c in printed]
    additions = [_BORDER if c == _SPLIT else _SPACE if c == ' ' else _GAP for c in read]
    row = [0.]
    for cost in additions:
        row.append(row[-1] + cost)
    table = [row]
    for i in range(1, height):
        before, row, c = row, [row[0] + removals[i - 1]], printed[i - 1]
        for j in range(1, width):
            row.append(min(before[j - 1] + _cost(c, read[j - 1]), before[j] + removals[i - 1], row[j - 1] + additions[j - 1]))
        table.append(row)
    steps, i, j = [], height - 1, width - 1
    while i or j:
        here = table[i][j]
        if i and j and abs(table[i - 1][j - 1] + _cost(printed[i - 1], read[j - 1]) - here) < 1e-9:
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif i and abs(table[i - 1][j] + removals[i - 1] - here) < 1e-9:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            steps.append((None, j))
    return steps[::-1]
