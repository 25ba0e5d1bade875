"""Truth in the words of the reader: fields, items, tables and messages of a rendered page, re-expressed in the text that was read of it."""
from . import align
from .noise import Noise, restored
from .sheet import Sheet, Table
from .transcript import Line


def rebuild(truth, read):
    """(Sheet, [Line]) of a page of make_pages.py and its reading. What was not read leaves the sheet: a field alone, but lists whole, since a list with a
    hole in it would teach to leave things out."""
    page = ReadPage(truth, read)
    sheet = Sheet(truth['is_chinese'], truth['family'], Noise(0, 0))
    for key, value in truth['fields'].items():
        as_read = page.value(value, truth['labels'].get(key))
        if as_read:
            sheet.fields[key] = as_read
            label = truth['labels'].get(key)
            shown = label and page.value(label)
            if shown and shown.strip(' :：'):
                sheet.labels[key] = shown.strip(' :：')
    sheet.items = page.records(truth['items'])
    sheet.tables = [table for table in map(page.table, truth['tables']) if table]
    sheet.messages = page.messages(truth['messages'])
    return sheet, page.transcript()


class ReadPage:
    """A page's cells, each with the alignment to what was read of it."""

    def __init__(self, truth, read):
        self.is_chinese, self.cells, self.lines = truth['is_chinese'], truth['cells'], read['lines']
        self.readings = {}   # cell → (alignment, start of the cell in its printed text)
        for group in align.groups(self.cells, self.lines):
            upright = any(align.is_upright(self.cells[i], self.lines[j]) for i in group.cells for j in group.lines)
            if group.cells and group.lines and not upright:
                alignment, starts = align.of_group(group, self.cells, self.lines)
                self.readings.update({i: (alignment, start) for i, start in starts})
        by_column = sorted(range(len(self.cells)), key=lambda i: (round(self.cells[i]['x'] * 12), self.cells[i]['y']))
        self.orders = [_Order(self.cells, order) for order in (range(len(self.cells)), by_column)]

    def transcript(self):
        return [Line(line['x'], line['x'] + line['w'], line['y'] + line['h'] / 2, line['text']) for line in self.lines]

    # -- one value

    def value(self, value, label=None, near=None, used=None):
        """The value as read, None if it was not. Of several places where it is printed: not `used` ones, the one with its label, a cell of its own, the one
        nearest to the cell `near`. Places alike that were read differently leave no answer."""
        if not value or not isinstance(value, str):
            return value
        places = self._places(value)
        if used is not None:
            places = [place for place in places if place not in used]
        if not places:
            return None
        ranks = {place: self._rank(place, value, label, near) for place in places}
        best = min(ranks.values())
        chosen = [place for place in places if ranks[place] == best]
        readings = {self._read(place, value) for place in chosen}
        if used is not None:
            used.add(chosen[0])
        found = readings.pop() if len(readings) == 1 else None
        return found and restored(found, value)

    def _places(self, value):
        """Where it is printed: ((cell, start, end), …) each."""
        found = [place for order in self.orders for place in order.find(value)]
        return list(dict.fromkeys(found))

    def _rank(self, place, value, label, near):
        cell, start, _ = place[0]
        text, rank = self.cells[cell]['text'], len(place) > 1
        with_label = bool(label) and (label in text[:start] or any(label in self.cells[i]['text'] for i in self._beside(cell)))
        own_cell = len(place) == 1 and text.strip() == value.strip()
        distance = 0 if near is None else abs(self.cells[cell]['y'] - self.cells[near]['y']) // .004
        return not with_label, distance, not own_cell, rank

    def _beside(self, cell):
        """Cells left of it in its row and just above it."""
        this = self.cells[cell]
        for i in range(max(0, cell - 8), cell):
            other = self.cells[i]
            same_row = abs(other['y'] - this['y']) < .6 * this['h'] and other['x'] < this['x']
            above = 0 < this['y'] - other['y'] < 2.2 * this['h'] and abs(other['x'] - this['x']) < .02
            if same_row or above:
                yield i

    def _read(self, place, value):
        """The text read at a place, pieces joined as in the value."""
        pieces, at = [], 0
        for cell, start, end in place:
            if cell not in self.readings:
                return None
            alignment, offset = self.readings[cell]
            piece = alignment.span(offset + start, offset + end)
            if piece is None:
                return None
            between = ' ' if at and at < len(value) and value[at] == ' ' else ''
            pieces.append(between + piece)
            at += len(between) + end - start
        return ''.join(pieces)

    # -- lists

    def records(self, items):
        """Lines of a bill; none if one value of one was not read."""
        used, found = set(), []
        for item in items:
            near, record = self._anchor(item, used), {}
            for key, value in item.items():
                record[key] = self.value(value, near=near, used=used)
                if value and record[key] is None:
                    return []
            found.append(record)
        return found

    def _anchor(self, item, used):
        """The cell of the item's longest value."""
        longest = max((value for value in item.values() if isinstance(value, str)), key=len, default='')
        places = [place for place in self._places(longest) if place not in used]
        return min(places)[0][0] if places else None

    def table(self, table):
        """The table as read, or None."""
        columns = [self.value(column) for column in table['columns']]
        rows = self.records([dict(enumerate(row)) for row in table['rows']])
        if None in columns or len(rows) != len(table['rows']):
            return None
        days = {(row, column): tuple(day) for row, column, day in table['days']}
        flags = table['flags'] and (table['flags'][0], tuple(table['flags'][1]))
        return Table(columns, [list(row.values()) for row in rows], table['kinds'], flags, days)

    def messages(self, messages):
        used, found = set(), []
        for who, text in messages:
            who_read, text_read = self.value(who), self.value(text, used=used)
            if not who_read or not text_read:
                return []
            found.append((who_read, text_read))
        return found


class _Order:
    """The page's printed text without spaces in one order of cells, and where each character stands."""

    def __init__(self, cells, order):
        self.cells, self.at, text = cells, [], []
        for cell in order:
            for i, character in enumerate(cells[cell]['text']):
                if character != ' ':
                    text.append(character)
                    self.at.append((cell, i))
        self.text = ''.join(text)

    def find(self, value):
        """Every place of the value, as ((cell, start, end), …); none inside a longer number or word."""
        bare = value.replace(' ', '')
        start = self.text.find(bare) if bare else -1
        while start >= 0:
            end = start + len(bare)
            if not self._cuts_word(start - 1, start) and not self._cuts_word(end - 1, end):
                yield self._pieces(start, end)
            start = self.text.find(bare, start + 1)

    def _cuts_word(self, i, j):
        """Whether the characters i and j stand together in one number or word."""
        if i < 0 or j >= len(self.at) or self.at[i][0] != self.at[j][0] or self.at[j][1] - self.at[i][1] != 1:
            return False
        a, b = self.text[i], self.text[j]
        before, after = self.text[i - 1:i], self.text[j + 1:j + 2]
        is_word = a.isascii() and b.isascii() and a.isalpha() and b.isalpha()
        is_number = a.isdigit() and b.isdigit() or a in '.,' and b.isdigit() and before.isdigit() or b in '.,' and a.isdigit() and after.isdigit()
        return is_word or is_number

    def _pieces(self, start, end):
        pieces = []
        for cell, i in self.at[start:end]:
            if pieces and pieces[-1][0] == cell:
                pieces[-1][2] = i + 1
            else:
                pieces.append([cell, i, i + 1])
        return tuple(tuple(piece) for piece in pieces)


# -- files of read pages

def to_json(sheet, lines):
    """A read page for JSON."""
    tables = [{'columns': table.columns, 'rows': table.rows, 'kinds': table.kinds, 'flags': table.flags,
               'days': [[*at, list(day)] for at, day in table.days.items()]} for table in sheet.tables]
    return {'family': sheet.family, 'is_chinese': sheet.is_chinese,
            'lines': [[round(line.left, 4), round(line.right, 4), round(line.middle, 4), line.text] for line in lines],
            'fields': sheet.fields, 'labels': sheet.labels, 'items': sheet.items, 'tables': tables, 'messages': sheet.messages}


def from_json(page):
    """(Sheet, [Line]) of a line of a file of read pages."""
    sheet = Sheet(page['is_chinese'], page['family'], Noise(0, 0))
    sheet.fields, sheet.labels, sheet.items = page['fields'], page['labels'], page['items']
    sheet.tables = [Table(table['columns'], table['rows'], table['kinds'], table['flags'] and (table['flags'][0], tuple(table['flags'][1])),
                          {(row, column): tuple(day) for row, column, day in table['days']}) for table in page['tables']]
    sheet.messages = [tuple(message) for message in page['messages']]
    return sheet, [Line(*line) for line in page['lines']]
