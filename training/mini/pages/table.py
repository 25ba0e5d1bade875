"""Tables of anything: columns of invented names with numbers, dates, codes and words."""
from ..chance import chance, choice, digits, randint, random01
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import code, date_form, email, money, person, phone, price
from .parts_common import either, extras, footer, price_form
from .parts_forms import pairs, prose, random_label, table


class Column:
    """A column while it is made: `make(row number)` gives a cell and, for dates, the day."""

    def __init__(self, heading, kind, make):
        self.heading, self.kind, self.make = heading, kind, make


def compose():
    sheet = Sheet(chance(.5), 'table')
    is_chinese = sheet.is_chinese
    if chance(.7):
        text = chinese(3, 6) + choice('表,统计表,一览表,明细,清单,名单,排名,台账,记录'.split(',')) if is_chinese else cased(words(1,
            3) + choice(('', ' list', ' report', ' summary', ' schedule', ' statistics')), choice('tua'))
        sheet.title('title', text, choice((1.2, 1.5)), *choice(((.5, 'c'), (.02, 'l'))))
    if chance(.4):
        pairs(sheet, extras(sheet, 4), choice(('one', 'grid', 'two', 'grid_two')))
    if chance(.1):
        prose(sheet, 1, 1)
    columns = [Column(_heading(is_chinese), 'name', _names(is_chinese))]
    used = {columns[0].heading.lower()}
    for _ in range(choice((1, 2, 2, 3, 3, 4, 5))):
        column = _any_column(is_chinese)
        if column.heading.lower() not in used:
            used.add(column.heading.lower())
            columns.append(column)
    print_table(sheet, columns, choice((2, 3, 4, 5, 6, 7, 9, 12)), numbered=chance(.15), sums=chance(.12))
    if chance(.3):
        pairs(sheet, extras(sheet, 3), choice(('one', 'grid', 'right')))
    footer(sheet, '注：数据截至上月末|单位：万元|数据来源：统计局|制表日期见封面', 'Source: internal data|All figures in thousands|Preliminary|Continued on next page', 1)
    return sheet


def print_table(sheet, columns, count, numbered=False, sums=False):
    """Fills and prints the columns. Numbers before the rows and a row of sums below are printed only: they belong to no row."""
    rows, days = [], {}
    empty = .04 if chance(.15) else 0
    for i in range(count):
        row = []
        for n, column in enumerate(columns):
            cell = column.make(i)
            if isinstance(cell, tuple):
                cell, days[i, n] = cell
            if n and empty and chance(empty):
                cell = ''
                days.pop((i, n), None)
            row.append(cell)
        rows.append(row)
    # A table with many misread cells would teach nothing about looking up and comparing.
    rate, sheet.noise.rate = sheet.noise.rate, min(sheet.noise.rate, .004)
    before = len(sheet.rows)
    made = table(sheet, [column.heading for column in columns], rows, [column.kind for column in columns], days=days, x=.1 if numbered else .02,
                 width=.88 if numbered else .96)
    sheet.noise.rate = rate
    if numbered:
        heading = either(sheet.is_chinese, '序号|#|No.', 'No.|#|')
        for i, row in enumerate(sheet.rows[before:]):
            row.cells[:0] = [type(row.cells[0])(str(i) if i else heading, .02)] if i or heading else []
    if sums:
        _print_sums(sheet, made, before)


def _print_sums(sheet, made, header):
    """A closing row with the sum of one column that holds numbers."""
    for n, kind in enumerate(made.kinds):
        try:
            total = sum(float(row[n].replace(',', '')) for row in made.rows) if n and kind == 'num' else None
        except ValueError:
            continue
        if total is not None:
            under = [cell for cell in sheet.rows[header].cells if cell.text == made.columns[n]]
            shown = f'{total:.2f}' if any('.' in row[n] for row in made.rows) else f'{total:.0f}'
            sheet.row((either(sheet.is_chinese, '合计|总计|小计', 'Total|Sum|TOTAL'), .02), *[(shown, cell.x, cell.align) for cell in under[:1]])
            return


# -- columns

_USUAL = {True: '名称|姓名|项目|城市|部门|型号|品种|科目|日期段|班级|区域|产品|指标|站点', False: 'Name|Item|City|Department|Model|Region|Product|Subject|Team|Branch|Country|Site'}


def _heading(is_chinese):
    return either(is_chinese, _USUAL[True], _USUAL[False]) if chance(.35) else random_label(is_chinese)


def _names(is_chinese):
    """Names of rows that differ."""
    used = set()
    kind = choice(('words', 'words', 'words', 'person', 'code', 'letter'))

    def make(i):
        for _ in range(9):
            if kind == 'words':
                text = chinese(2, 5) if is_chinese else cased(words(1, 2), 't')
            elif kind == 'person':
                text = person(is_chinese)
            elif kind == 'code':
                text = code()
            else:
                text = choice('ABCDEFGHKLMNPRST') + digits(randint(1, 3))
            if text not in used:
                break
        used.add(text)
        return text
    return make


def date_column(heading, is_chinese):
    """Dates in one form that tells days apart: never month before day as well as day before month, years only where they are shown."""
    form = date_form(is_chinese)
    while form(2000, 1, 2).startswith('01/02'):
        form = date_form(is_chinese)
    shows_year = form(2001, 5, 6) != form(2002, 5, 6)
    year, spread = randint(2005, 2026), choice((0, 0, 1, 3)) if shows_year else 0
    month = randint(1, 12) if chance(.25) else None  # all in one month: only the day tells

    def make(i):
        when = year + randint(0, spread), month or randint(1, 12), randint(1, 28)
        return form(*when), when
    return Column(heading, 'date', make)


def number_column(heading):
    """Numbers of one magnitude and one number of decimals."""
    kind = random01()
    if kind < .35:
        most = choice((20, 100, 500, 2000, 50000))
        return Column(heading, 'num', lambda i: str(randint(0, most)))
    if kind < .6:
        decimals, most = choice((1, 1, 2, 3)), choice((1, 10, 100, 1000))
        return Column(heading, 'num', lambda i: f'{random01() * most:.{decimals}f}')
    printed = price_form() if chance(.5) else money
    return Column(heading, 'num', lambda i: printed(price()))


def _any_column(is_chinese):
    heading = random_label(is_chinese)
    kind = choice(('num', 'num', 'num', 'date', 'words', 'words', 'code', 'person', 'percent', 'phone', 'choice', 'email'))
    if kind == 'num':
        return number_column(heading)
    if kind == 'date':
        return date_column(heading, is_chinese)
    options = [either(is_chinese, '是|否|合格|不合格|优|良|中|已完成|未开始|进行中|男|女|高|低', 'Yes|No|Pass|Fail|Open|Closed|High|Low|A|B|C|Done') for _ in range(3)]
    makers = {'words': lambda i: chinese(2, 4) if is_chinese else words(1, 2), 'code': lambda i: code(), 'person': lambda i: person(is_chinese),
              'percent': lambda i: f'{random01() * 100:.1f}%',
              'phone': lambda i: phone(is_chinese), 'choice': lambda i: choice(options), 'email': lambda i: email()}
    return Column(heading, 's', makers[kind])
