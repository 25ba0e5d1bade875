"""What all bills share: amounts and how one bill prints them, values over several lines, amounts in words."""
from dataclasses import dataclass

from ..chance import chance, choice, digits, letters_digits, randint, uniform
from ..sheet import Cell
from ..values import CHINESE_DATES, ENGLISH_DATES, money

NOTES = (1, 2, 5, 10, 20, 50, 60, 70, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10000, 50000, 100000)
_SHORT = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split()
TILL_DATES = ENGLISH_DATES + [
    lambda y, m, d: f'{d:02d}-{m:02d}-{y % 100:02d}', lambda y, m, d: f'{m:02d}/{d:02d}/{y % 100:02d}', lambda y, m, d: f'{d:02d} {_SHORT[m - 1]} {y}',
    lambda y, m, d: f'{d} {_SHORT[m - 1].title()} {y % 100:02d}', lambda y, m, d: f'{d}-{m}-{y}', lambda y, m, d: f'{d:02d} / {m:02d} / {y}',
    lambda y, m, d: f'{d:02d}/{m:02d}/{y % 100:02d}', lambda y, m, d: f'{d}/{m}/{y % 100:02d}', lambda y, m, d: f'{_SHORT[m - 1]} {d}, {y}']
FULL_CHINESE_DATES = CHINESE_DATES + [lambda y, m, d: f'{y}年 {m:02d}月 {d:02d}日', lambda y, m, d: f'{y}{m:02d}{d:02d}']


@dataclass
class AmountStyle:
    """How one bill prints label/amount lines: the sheet's pair styles or 'colon', with the colon in a cell of its own."""
    style: str
    x: float
    value_x: float
    currency: str = ''
    grouped: bool = True
    separator: str = ': '
    end: float = .98

    def amount(self, value):
        return money(value, self.grouped)

    def negative(self, value):
        """An amount that is taken away."""
        text = self.amount(abs(value))
        return choice(('-' + text, '-' + text, text, f'({text})', text + '-', '- ' + text))

    def line(self, sheet, key, label, value, size=1, prefix=None):
        """Prints an amount (a number or a text) with its label; returns the text as it reads."""
        text = value if isinstance(value, str) else self.amount(value)
        currency = self.currency if prefix is None else prefix
        if self.style != 'colon':
            before, sheet.style = sheet.style, self.style
            seen = sheet.pair(key, label, text, self.x, self.value_x, size, self.separator, currency, self.end)
            sheet.style = before
            return seen
        label, seen = sheet.seen(label), sheet.seen(text)
        if key:
            sheet.put(key, seen, label)
        sheet.row((label, self.x, 'l', size), (':', self.value_x, 'l', size), (currency + seen, self.end, 'r', size))
        return seen


def amount_style(is_chinese):
    if is_chinese:
        return AmountStyle(choice(('right', 'right', 'one', 'two')), choice((.02, .02, .02, .4)), uniform(.6, .8), choice(('', '', '', '¥', '￥')), chance(.1),
                           choice(('：', ':', '： ', ': ')))
    return AmountStyle(choice(('right', 'right', 'right', 'two', 'one', 'colon')), choice((.02, .02, .1, .3, .45)), uniform(.62, .82),
                       choice(('', '', '', '', 'RM', 'RM ', '$', '$')), chance(.75), choice((': ', ':', ' : ', ' ', '  ')))


def tendered(amount):
    """The notes somebody hands over for an amount."""
    if chance(.35):
        return amount
    return float(choice([note for note in NOTES if note >= amount][:3] or [amount]))


# -- values over several lines

def put_lines(sheet, key, lines, x=.5, align='c', size=1, prefix=''):
    """Prints the lines of one value as they are and registers them, joined; returns the lines as they read."""
    seen = [line for line in map(sheet.seen, lines) if line]
    if key:
        sheet.put(key, ('' if sheet.is_chinese else ' ').join(seen), prefix or None)
    for i, line in enumerate(seen):
        sheet.row((prefix + line if i == 0 else line, x, align, size))
    return seen


def address_lines(text):
    """An English address as till rolls break it: at commas, or wherever a line is full."""
    width = choice((16, 20, 24, 28, 32, 36, 42, 60))
    pieces = [piece + ',' for piece in text.split(',')]
    pieces[-1] = pieces[-1][:-1]
    pieces = [piece.strip() for piece in pieces if piece.strip(' ,')]
    if chance(.4):
        pieces = ' '.join(pieces).split(' ')
    found = []
    for piece in pieces:
        if found and len(found[-1]) + 1 + len(piece) <= width and len(found) < 6:
            found[-1] += ' ' + piece
        else:
            found.append(piece)
    return found


def side_by_side(sheet, left, right, left_x=.02, right_x=.55):
    """Two columns of printed lines, which have been seen."""
    for i in range(max(len(left), len(right))):
        cells = [Cell(left[i], left_x)] if i < len(left) else []
        sheet.row(*cells, *([Cell(right[i], right_x)] if i < len(right) else []))


# -- codes

def registration_number():
    return choice((f'{digits(6)}-{choice("ABDHKMPTUVWX")}', f'{digits(6)}-{choice("ABDHKMPTUVWX")}', f'{digits(5)}-{choice("AHKTUVX")}',
                   f'{digits(7)}-{choice("AHKTUVX")}',
                   f'20{digits(10)}', f'{choice(("JM", "SA", "PG", "AS", "IP", "CT", "KT", "RA"))}{digits(7)}-{choice("AHKTUVX")}', digits(9)))


def tax_number():
    return choice((digits(12), '00' + digits(10), '00' + digits(10), f'{digits(4)} {digits(4)} {digits(4)}', f'{letters_digits(3)}-{digits(4)}-{digits(8)}',
                   f'{digits(2)}-{digits(7)}'))


def credit_code():
    """A Chinese unified credit code."""
    return choice(('91', '91', '92', '52')) + digits(6) + letters_digits(10)


def masked_card():
    return choice((f'{digits(6)}******{digits(4)}', f'XXXXXXXXXXXX{digits(4)}', f'**** **** **** {digits(4)}', f'{digits(4)} **** **** {digits(4)}',
                   f'{digits(4)}****{digits(4)}'))


# -- amounts in words

_CAPITALS = '零壹贰叁肆伍陆柒捌玖'


def capital_amount(value):
    """1234.5 → 壹仟贰佰叁拾肆圆伍角整, as on Chinese bills."""
    cents = round(value * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _capital_integer(yuan) + choice(('圆', '圆', '元')) if yuan else ''
    if jiao:
        text += _CAPITALS[jiao] + '角'
    elif fen and yuan:
        text += '零'
    return text + (_CAPITALS[fen] + '分' if fen else choice(('整', '整', '正'))) if cents else '零圆整'


def _capital_integer(number):
    text, needs_zero = '', False
    for power in range(len(str(number)) - 1, -1, -1):
        digit = number // 10 ** power % 10
        if digit:
            text += ('零' if needs_zero else '') + _CAPITALS[digit] + ('', '拾', '佰', '仟')[power % 4]
            needs_zero = False
        else:
            needs_zero = bool(text)
        if power in (4, 8) and number // 10 ** power % 10000:
            text, needs_zero = text + '万亿'[power // 4 - 1], False
    return text


_ONES = ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen').split()
_TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split()


def number_words(number):
    """1234 → one thousand two hundred thirty four."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (' ' + _ONES[number % 10] if number % 10 else '')
    for size, name in ((1000000, 'million'), (1000, 'thousand'), (100, 'hundred')):
        if number >= size:
            rest = number % size
            return f'{number_words(number // size)} {name}' + (' ' + number_words(rest) if rest else '')
    return ''


def amount_words(value):
    """An amount as an English bill or cheque says it."""
    cents = round(value * 100)
    text = number_words(cents // 100)
    if cents % 100:
        text += choice((f' and cents {number_words(cents % 100)}', f' and {cents % 100:02d}/100', f' and sen {number_words(cents % 100)}'))
    text = choice(('', 'ringgit malaysia ', 'ringgit malaysia : ', 'us dollars ')) + text + choice((' only', ' only', ''))
    return text.upper() if chance(.6) else text.title() if chance(.5) else text.capitalize()


def stray_line():
    """What stands on a bill before it begins: a scribble, a counter, a serial number."""
    return choice((digits(randint(1, 6)), letters_digits(3), f'#{digits(4)}', f'{digits(1)} {digits(1)}', f'{digits(4)}/{digits(3)}'))
