"""Forms whose labels are invented: what a value is called must be read on the page. Most labels are in no dictionary of names, values are of any kind,
and labels and values are arranged in every way that forms know."""
from ..chance import chance, choice, digits, letters_digits, randint, sample, uniform, weighted
from ..lexicon import cased, characters, chinese, invented, words
from ..sheet import Cell, Sheet
from .known_fields import FIELDS, known, value_of
from .parts_common import footer, sentence
from .parts_forms import pairs, prose, random_label, random_value

_SEPARATORS = (' = ', ' - ', ' | ', '——', ' → ', '....', '......', ' :: ', '=', '·', ' / ', '>', '  -  ', '—')
_BRACKETS = ('【】', '[]', '<>', '（）', '()', '「」', '《》', '**', '{}')
_CONCEPTS = list(FIELDS)
_KIND_BY_ENDING = (('日期', 'date'), ('金额', 'money'), ('编号', 'code'), ('代码', 'code'), ('数量', 'number'), ('人', 'person'), ('date', 'date'), ('code', 'code'),
                   (' no', 'code'),
                   ('number', 'code'), ('rate', 'percent'), ('name', 'person'), (' id', 'code'), ('时间', 'date'), ('地点', 'place'), ('单位', 'company'))


def compose():
    sheet = Sheet(chance(.5), 'form')
    if chance(.12):
        sheet.separator = choice(_SEPARATORS)
    _heading(sheet)
    labels = _Labels(sheet.is_chinese)
    for number in range(choice((1, 1, 1, 2, 2, 3))):
        if chance(.3):
            sheet.row((sheet.seen(_section(sheet.is_chinese, number)), .02, 'l', choice((1, 1.2, 1.3))), gap=1.4)
        triples = labels.triples(randint(2, choice((5, 8, 12))))
        weighted(_ARRANGEMENTS)(sheet, triples)
        if chance(.15):
            prose(sheet, 1, 2)
    if chance(.1):
        _twice(sheet, labels)
    footer(sheet, '填表须知见背面|以上内容真实有效|第1页 共2页|请用黑色签字笔填写|一式两份|本表可复印', 'Page 1 of 2|For office use only|Please print clearly|Keep a copy for your records|'
           '* required', choice((0, 0, 1, 2)))
    return sheet


def _heading(sheet):
    is_chinese = sheet.is_chinese
    if chance(.15):
        sheet.row((sheet.seen(choice((letters_digits(5), f'Form {digits(2)}-{letters_digits(1)}', '附件1' if is_chinese else 'Annex 1'))), choice((.02, .8))))
    if chance(.7):
        text = chinese(2, 6) + choice('表,登记表,申请表,证,单,报告,信息,通知书,卡,记录,审批表,档案,汇总,说明'.split(',')) if is_chinese else \
            cased(f'{words(1, 3)} {choice("form,report,card,certificate,slip,record,statement,notice,application,summary,sheet,profile".split(","))}')
        sheet.title('title', text, choice((1.3, 1.5, 1.8)), *choice(((.5, 'c'), (.5, 'c'), (.02, 'l'))))


def _section(is_chinese, number):
    if is_chinese:
        return choice(('', '一二三四'[number] + '、', f'{number + 1}. ', f'第{"一二三四"[number]}部分 ')) + chinese(2, 5) + choice(('', '信息', '情况'))
    return choice(('', f'{number + 1}. ', f'Section {"ABCD"[number]}: ', f'Part {number + 1} - ')) + cased(words(1, 2))


class _Labels:
    """Labels that differ from each other on one form, in one manner with exceptions."""

    def __init__(self, is_chinese):
        self.is_chinese, self.used = is_chinese, set()
        self.nonsense = choice((0, .05, .15, 1)) if chance(.5) else .1
        self.concepts = choice((0, .15, .3, .6))
        self.other_language = .12 if chance(.2) else 0
        self.fitting = choice((.2, .6, .9))

    def triples(self, count):
        found = []
        for _ in range(count):
            triple = self._one()
            name = triple[1].lower().replace(' ', '')
            if name in self.used or triple[0] in self.used:
                continue
            self.used |= {name, triple[0]}
            found.append(triple)
        return found

    def _one(self):
        is_chinese = self.is_chinese if not chance(self.other_language) else not self.is_chinese
        if chance(self.nonsense):
            label = nonsense_label(is_chinese)
            return 'label:' + label, label, random_value(is_chinese)
        if chance(self.concepts):
            key = choice(_CONCEPTS)
            triples = known(is_chinese, (key,), 1, values=None if chance(.75) else {key: random_value(is_chinese)})
            return triples[0]
        label = random_label(is_chinese)
        return 'label:' + label, label, _fitting_value(label, is_chinese) if chance(self.fitting) else random_value(is_chinese)


def nonsense_label(is_chinese):
    """A label that tells nothing: it can only be found, not understood."""
    if is_chinese and chance(.75):
        return choice((characters(randint(2, 4)), characters(randint(1, 3)) + choice(('值', '项', '号', '度')), f'{choice("甲乙丙丁戊己")}{randint(1, 20)}',
                       f'{letters_digits(2)}{characters(1)}', f'{characters(2)}-{randint(1, 9)}'))
    return choice((letters_digits(randint(2, 5)), cased(invented()), cased(f'{invented()} {invented(1)}'), f'{choice("ABCDEFGHKX")}{randint(1, 40)}',
                   f'{invented()}_{invented(1)}', f'{choice("xyzabk")}.{randint(1, 9)}', f'Item {randint(1, 40)}'))


def _fitting_value(label, is_chinese):
    """A value of the kind that the label's ending promises."""
    low = label.lower().rstrip('.')
    for ending, kind in _KIND_BY_ENDING:
        if low.endswith(ending):
            return value_of(kind, is_chinese)
    return random_value(is_chinese)


# -- arrangements of triples

def _usual(sheet, triples):
    pairs(sheet, triples)


def _numbered(sheet, triples):
    """1. label: value; the number is no part of the label."""
    shape = choice(('{}. ', '{}、' if sheet.is_chinese else '{}) ', '({}) ', '{} ', '（{}）'))
    value_x = choice((None, None, .35, .5))
    for i, (key, label, value) in enumerate(triples):
        label, value = sheet.seen(label), sheet.seen(value)
        if not sheet.put(key, value, label):
            continue
        shown = shape.format(i + 1) + label
        sheet.row(*((shown + sheet.separator + value, .02),) if value_x is None else ((shown, .02), (value, value_x)))


def _bracketed(sheet, triples):
    """【label】value."""
    brackets, space, beside = choice(_BRACKETS), choice(('', ' ', ':')), choice((1, 1, 2))
    cells = []
    for key, label, value in triples:
        label, value = sheet.seen(label), sheet.seen(value)
        if sheet.put(key, value, label):
            cells.append(brackets[0] + label + brackets[1] + space + value)
    for start in range(0, len(cells), beside):
        sheet.row(*[Cell(text, .02 + .49 * i) for i, text in enumerate(cells[start:start + beside])])


def _value_above(sheet, triples):
    """The label in small type under the value."""
    count = choice((1, 1, 2, 3))
    for start in range(0, len(triples), count):
        above, below = [], []
        for i, (key, label, value) in enumerate(triples[start:start + count]):
            label, value = sheet.seen(label), sheet.seen(value)
            if sheet.put(key, value, label):
                above.append(Cell(value, .02 + .96 * i / count))
                below.append(Cell(label, .02 + .96 * i / count, 'l', .75))
        sheet.row(*above, gap=1.3)
        sheet.row(*below, gap=.8)


def _side_by_side(sheet, triples):
    """Two lists beside each other that do not share their labels."""
    half = (len(triples) + 1) // 2
    columns = []
    for x, part in ((.02, triples[:half]), (.52, triples[half:])):
        is_apart, offset, lines = chance(.4), choice((.16, .2, .24)), []
        for key, label, value in part:
            label, value = sheet.seen(label), sheet.seen(value)
            if sheet.put(key, value, label):
                lines.append([Cell(label, x), Cell(value, x + offset)] if is_apart else [Cell(label + sheet.separator + value, x)])
        columns.append(lines)
    for i in range(half):
        sheet.row(*(cell for lines in columns if i < len(lines) for cell in lines[i]))


def _run_on(sheet, triples):
    """label: value; label: value; … in lines of running text."""
    mark = choice(('; ', ', ', '  ', ' / ', '；' if sheet.is_chinese else '; ', '，' if sheet.is_chinese else ' | '))
    colon = '：' if sheet.is_chinese and chance(.6) else ': '
    for start in range(0, len(triples), 3):
        texts = []
        for key, label, value in triples[start:start + 3]:
            label, value = sheet.seen(label), sheet.seen(value)
            if sheet.put(key, value, label):
                texts.append(label + colon + value)
        sheet.row((mark.join(texts), .02))


def _told(sheet, triples):
    """Facts in sentences."""
    shapes = ('{}为', '{}是', '其{}为', '{}：', '经核实，{}为') if sheet.is_chinese else ('The {} is ', '{} is ', 'Its {} is ', 'We recorded {} as ', '{} = ')
    stop = '。' if sheet.is_chinese else '. '
    parts = []
    for key, label, value in triples[:randint(3, 7)]:
        label = sheet.seen(label)
        before, after = choice(shapes).split('{}')
        parts += [before + label + after, (key, value, label), stop]
    sentence(sheet, *parts, indent=choice((0, .04)))


def _with_gaps(sheet, triples):
    """Some labels have no value: nothing was filled in."""
    empty = set(sample(range(len(triples)), len(triples) // 3))
    style = choice(('one', 'two', 'right', 'above'))
    line = choice(('', '____', '______', ''))
    for i, triple in enumerate(triples):
        if i in empty:
            sheet.row((sheet.seen(triple[1]) + sheet.separator + line, .02))
        else:
            pairs(sheet, [triple], style)


def _cells_of_a_grid(sheet, triples):
    """Two or four columns of labels and values as in a printed table, with places that all rows share."""
    count = choice((2, 2, 3))
    share = choice((.3, .4, .5))
    right = chance(.15)
    for start in range(0, len(triples), count):
        cells = []
        for i, (key, label, value) in enumerate(triples[start:start + count]):
            label, value = sheet.seen(label), sheet.seen(value)
            if sheet.put(key, value, label):
                x = .02 + .96 * i / count
                cells += [Cell(label, x), Cell(value, .02 + .96 * (i + 1) / count - .02, 'r') if right else Cell(value, x + .96 * share / count)]
        sheet.row(*cells)


def _leaders(sheet, triples):
    """label .......... value."""
    dot = choice(('.', '…', '·', '_', ' .'))
    for key, label, value in triples:
        label, value = sheet.seen(label), sheet.seen(value)
        if sheet.put(key, value, label):
            sheet.row((label + ' ' * randint(0, 1) + dot * randint(4, 16) + ' ' * randint(0, 1) + value, .02))


_ARRANGEMENTS = ((_usual, 52), (_numbered, 5), (_bracketed, 6), (_value_above, 4), (_side_by_side, 7), (_run_on, 5), (_told, 5), (_with_gaps, 6),
                 (_cells_of_a_grid, 7), (_leaders, 3))


def _twice(sheet, labels):
    """The same labels in two sections: a value is told apart by its section only, so that its name is section and label."""
    is_chinese = sheet.is_chinese
    sections = sample('申请人,担保人,监护人,配偶,联系人一,联系人二,发货方,收货方,主叫,被叫'.split(',') if is_chinese
                      else 'Applicant,Guarantor,Spouse,Sender,Receiver,Owner,Driver,Primary,Secondary'.split(','), 2)
    names = [label for _, label, _ in labels.triples(randint(2, 4))]
    is_apart, value_x = chance(.4), uniform(.25, .5)
    lines = []
    for section in sections:
        lines.append((section, None))
        for name in names:
            label, value = sheet.seen(name), sheet.seen(random_value(is_chinese))
            if sheet.put(f'label:{section}{"" if is_chinese else " "}{name}', value):
                lines.append((label, value))
    for label, value in lines:
        if value is None:
            sheet.row((label, .02, 'l', choice((1, 1.2))), gap=1.3)
        elif is_apart:
            sheet.row((label, .02), (value, value_x))
        else:
            sheet.row((label + sheet.separator + value, .02))
