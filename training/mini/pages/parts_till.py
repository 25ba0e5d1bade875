"""What a till or a scanner adds to a bill of any kind: transaction lines without labels, dates under odd labels, other dates, scribbles beside the print."""
from ..chance import chance, choice, digits, letters_digits, randint, some, uniform, weighted
from ..lexicon import chinese, invented
from ..sheet import Cell, Row
from ..values import day, time
from .parts_bills import FULL_CHINESE_DATES, TILL_DATES

_SHORT = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
_WEEKDAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split()
_CODE_LINE_DATES = TILL_DATES + [
    lambda y, m, d: f'{y % 100:02d}-{m:02d}-{d:02d}', lambda y, m, d: f'{y % 100:02d}/{m:02d}/{d:02d}', lambda y, m, d: f'{d:02d}{_SHORT[m - 1]} {y}',
    lambda y, m, d: f'{d} {_SHORT[m - 1]} {y}', lambda y, m, d: f'{d:02d}{_SHORT[m - 1].upper()}{y % 100:02d}', lambda y, m,
                                 d: f"{d:02d} {_SHORT[m - 1]}'{y % 100:02d}",
    lambda y, m, d: f'{_SHORT[m - 1]}{d:02d}\'{y % 100:02d}', lambda y, m, d: f'{d:02d}-{m:02d}-{y}', lambda y, m, d: f'{d:02d}/{m:02d}/{y}']
KINDS = ('till', 'company', 'junk', 'address', 'totals')


def varieties(share=.35, kinds=KINDS):
    """Which of the kinds a page shows: none on most pages, one or more on a share of them."""
    if not chance(share):
        return frozenset()
    return frozenset(some(kinds, .4) or [choice(kinds)])


# -- lines of the till's own

def _code(is_chinese):
    if is_chinese and chance(.4):
        return choice((f'{digits(2)}号机', f'款台{digits(1)}', f'NO{digits(5)}', f'工号{digits(3)}', f'机{digits(2)}'))
    return choice((digits(1), digits(randint(2, 8)), f'#{digits(4)}', 'REG', f'T{digits(2)}', f'C{digits(2)}', f'SH{digits(2)}', letters_digits(4),
                   f'T{digits(2)} C{digits(2)}',
                   f'S{digits(3)} R{digits(2)}', f'POS{digits(2)}', f'CLERK {digits(2)}', f'MC#{digits(2)}', f'{digits(4)} {digits(3)} {digits(5)}',
                   f'R:{digits(6)}',
                   f'TRM {digits(2)}', f'{invented().upper()}', f'{invented().title()} {digits(2)}', f'Z{digits(4)}', f'NO.{digits(6)}', f'(S){digits(3)}'))


def _table_and_guests():
    return choice((f'Table {digits(2)} Pax {digits(1)}', f'TBL {digits(1)} PAX {digits(1)}', f'Table {choice("ABC")}{digits(1)}', f'Pax {digits(1)}'))


def transaction_line(sheet, moment=None):
    """Date and time among numbers and codes, in any order, in one cell or several; a date or time the page has already is printed again as it is.
    `moment`: (date, time) to print where the page has none."""
    fields = sheet.fields
    form = choice(FULL_CHINESE_DATES[:6] if sheet.is_chinese else _CODE_LINE_DATES)
    day_text = fields.get('date') or sheet.seen(moment[0] if moment else form(*day()))
    time_text = fields.get('time') or sheet.seen(moment[1] if moment else time())
    shape = weighted((('day time', 52), ('time day', 10), ('apart', 22), ('day', 16)))
    between = choice((' ', ' ', ' ', '  ', ', ', ' - '))
    weekday = choice(_WEEKDAYS) if not sheet.is_chinese and chance(.12) else ''
    shown = choice((f'{weekday} ', f'{weekday}, ', f'{weekday.upper()} ')) + day_text if weekday else f'({day_text})' if chance(.08) else day_text
    is_one_cell = chance(.55)
    parts = [shown] if shape == 'day' else [shown, time_text] if shape == 'day time' else [time_text, shown]
    if shape != 'apart' and len(parts) == 2 and (is_one_cell or chance(.5)):
        parts = [between.join(parts)]
    codes = [text for text in (sheet.seen(_code(sheet.is_chinese)) for _ in range(choice((0, 1, 1, 2, 2, 3)))) if text]
    if not sheet.is_chinese and chance(.08):
        codes.insert(0, sheet.seen(_table_and_guests()))
    if shape == 'apart':
        codes = codes or [digits(6)]
        if chance(.5):
            parts.reverse()
        parts = [parts[0], *codes[:1], parts[1]]
        codes = codes[1:]
    for text in codes:
        parts.insert(choice((0, len(parts))), text)
    _register_moment(sheet, day_text, time_text, shape, shown, between if any(between.join((shown, time_text)) in part for part in parts) else ' ')
    _print_parts(sheet, [part for part in parts if part], is_one_cell)


def _register_moment(sheet, day_text, time_text, shape, shown, between):
    had_date = 'date' in sheet.fields
    sheet.put('date', day_text)
    if shape != 'day':
        sheet.put('time', time_text)
    if shape == 'day time' and shown.endswith(day_text) and not had_date:
        sheet.put('datetime', day_text + between + time_text)


def _print_parts(sheet, parts, is_one_cell):
    x, align = choice(((.02, 'l'), (.02, 'l'), (.5, 'c'), (.98, 'r')))
    if is_one_cell:
        sheet.row((choice((' ', ' ', '  ', ' | ')).join(parts), x, align))
    elif len(parts) == 2:
        sheet.row((parts[0], .02), (parts[1], .98, 'r'))
    else:
        start = choice((.02, .02, .1))
        sheet.row(*[Cell(part, start + (.98 - start) * i / len(parts)) for i, part in enumerate(parts)])


_ODD_LABELS = ('POSTED|Posted|Tgl|Tarikh|TARIKH|Printed|Printed On|Opened|Closed|CLOSED|Check In|Order Time|Sales Date|SALES DATE|Tran Date|Masa|Served|Ticket|'
               'Closed to Cash|Tarikh/Masa|Rcpt Dt|Biz Date|Date Out|Order|Settled').split('|')
_OTHER_DATES = ('GST Registered Since|GST REG DATE|Valid Until|Member Since|Voucher Valid Till|Points Expiry Date|Printed|Print Date|Last Visit|Promo Ends|'
                'Warranty Until|Licence Expiry').split('|')


def odd_date(sheet):
    """The date in parentheses, or under a label that few tills use."""
    day_text, time_text = sheet.seen(choice(_CODE_LINE_DATES)(*day())), sheet.seen(time())
    if chance(.25):
        if sheet.put('date', day_text):
            sheet.row((f'({day_text})' + (f' {sheet.seen(_code(False))}' if chance(.3) else ''), choice((.02, .5)), choice('lc')))
        return
    label = sheet.seen(choice(_ODD_LABELS))
    sheet.put('date', day_text, label or None)
    has_time = chance(.6)
    if has_time:
        sheet.put('time', time_text)
        sheet.put('datetime', f'{day_text} {time_text}', label or None)
    text = f'{day_text} {time_text}' if has_time else day_text
    if chance(.3):
        sheet.row((label, .02), (text, choice((.25, .4))))
    else:
        sheet.row((label + choice((': ', ':', ' ', ' : ')) + text, choice((.02, .02, .5))))


def other_dates(sheet):
    """Dates that are not the transaction's, under labels that say so."""
    sheet.style = choice(('one', 'one', 'two'))
    for _ in range(choice((1, 1, 2))):
        named = sheet.labels.get('date', '')
        is_plain = named and not named.startswith(('Print', 'PRINT'))   # only then is a printing date certainly another one
        label = choice([label for label in _OTHER_DATES if is_plain or not label.startswith('Print')])
        if 'label:' + label not in sheet.fields:
            sheet.pair('label:' + label, label, choice(TILL_DATES)(*day()), .02, .5)


# -- what is no print

def _scribble(is_chinese):
    if is_chinese and chance(.3):
        return chinese(1, 2)
    letters = ''.join(choice('abcdefghilmnoprstuvy') for _ in range(randint(1, 6)))
    if len(letters) > 3 and chance(.4):
        letters = letters[:2] + ' ' + letters[2:]
    return choice((letters, letters, letters.upper(), digits(randint(1, 3)), digits(8), digits(randint(2, 6)), letters[:1], f'{letters[:2]} {digits(2)}',
                   f'lot {letters}'[:8], choice(("'", '/', '~', '-', '|', 'L', 'V', '.', '*', '√')) + letters[:1]))


def junk(sheet):
    """Puts one to three scribbles and stray marks at the top, the bottom or in a margin."""
    for _ in range(choice((1, 1, 2, 3))):
        text = sheet.seen(_scribble(sheet.is_chinese))
        if not text:
            continue
        place = weighted((('top', 55), ('bottom', 22), ('margin', 23)))
        if place == 'margin':
            row = Row([Cell(text, *choice(((0., 'l'), (1., 'r'))), choice((1, 1.2)))], choice((.3, .5, 1)))
            sheet.rows.insert(randint(0, len(sheet.rows)), row)
        else:
            row = Row([Cell(text, uniform(0, .9), 'l', choice((.8, 1, 1, 1.5, 2)))], choice((.7, 1, 1.5)))
            sheet.rows.insert(0 if place == 'top' else len(sheet.rows), row)
