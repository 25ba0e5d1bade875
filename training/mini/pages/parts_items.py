"""The lines of English bills: goods with quantities, prices, barcodes and discounts, in the styles tills print them."""
from ..chance import chance, choice, digits, randint, uniform, weighted
from ..lexicon import cased, words
from ..sheet import Cell, wrap
from ..values import code, money, price

_TAX_CODES = ('', '', '', '', ' SR', ' S', ' Z', ' T', ' SR*', ' ZRL', ' X', ' (S)', ' #')
_UNITS = ('', '', '', ' PC', ' PCS', ' UNIT', ' EA', ' BTL', ' PKT', ' UNT', ' NOS', ' CTN', ' kg')
_SIZES = ('', '', '', '', ' {}G', ' {}ML', ' {}KG', ' ({}S)', ' X{}', ' {}CM', ' {}PCS', ' {}"', ' {}L')
_DISCOUNTS = ('DISCOUNT', 'Disc', 'DISC {}%', 'Less {}%', 'ITEM DISC', 'Promo', 'MEMBER DISC {}%', '** SAVING', 'Disc. {}%', 'COUPON')


class Line:
    """One bought thing: what is printed of it."""

    def __init__(self, sheet, is_cheap):
        self.name = sheet.seen(item_name())
        self.quantity = weighted(((1, 55), (2, 20), (3, 8), (5, 3), (10, 3), (randint(1, 30), 11)))
        self.price = round(price() % (60 if is_cheap else 6000), 2) or 1.5
        self.count = self.quantity
        if chance(.05):  # weighed or measured
            self.quantity, self.count = round(uniform(.05, 40), choice((2, 3, 3))), 1
        self.amount = round(self.quantity * self.price, 2)
        self.price_text, self.amount_text = sheet.seen(money(self.price)), sheet.seen(money(self.amount))
        self.quantity_text = sheet.seen(f'{self.quantity:.3f}' if self.quantity is not self.count and chance(.7) else str(self.quantity))
        self.code = sheet.seen(digits(choice((4, 6, 8, 12, 13, 13))) if chance(.8) else code())
        self.discount = 0.


def item_name():
    text = cased(words(1, 4), choice(('u', 'u', 'u', 't')))
    size = choice(_SIZES).format(randint(1, 900))
    text += size if chance(.6) else ''
    if chance(.06):
        text = choice(('*', '# ', '- ', f'{randint(1, 9)}) ', '+ ')) + text
    return text


class ItemStyle:
    """What one till prints of every line: a tax code, a unit, a currency."""

    def __init__(self):
        self.currency = choice(('', '', '', '', 'RM', '$', 'RM '))
        self.has_tax_code, self.tax_codes = chance(.4), [choice(_TAX_CODES), choice(_TAX_CODES)]
        self.unit, self.times = choice(_UNITS), choice(('*', 'x', 'X', '@', ' x ', ' X ', ' @ ', ' @'))
        self.is_apart = chance(.4)
        self.name_width = choice((0, 0, 0, 14, 20))

    def amount(self, line):
        tail = choice(self.tax_codes) if self.has_tax_code else ''
        return Cell(self.currency + line.amount_text + tail, .98, 'r')


# Every style prints one line and says which of qty and price were printed.

def _four_columns(sheet, style, line, number):
    sheet.row(Cell(line.name), Cell(line.quantity_text, .55), Cell(line.price_text, .75, 'r'), style.amount(line))
    return 'qty price'


def _code_then_name(sheet, style, line, number):
    sheet.row(Cell(line.code), Cell(line.name, .3))
    sheet.row(Cell(line.quantity_text + style.unit, .06), Cell(style.times.strip(), .25), Cell(line.price_text, .5, 'r'), style.amount(line))
    return 'qty price'


def _quantity_first(sheet, style, line, number):
    sheet.row(Cell(line.quantity_text + (style.times.strip() if style.is_apart and style.times.strip() in 'xX' else ''), .02), Cell(line.name, .12),
              style.amount(line))
    return 'qty'


def _name_over_code(sheet, style, line, number):
    sheet.row(Cell(line.name))
    calculation = f'{line.price_text}{style.times}{line.quantity_text}' if style.is_apart else f'{line.quantity_text}{style.times}{line.price_text}'
    sheet.row(Cell(line.code, .04), Cell(calculation, .6), style.amount(line))
    return 'qty price'


def _name_over_calculation(sheet, style, line, number):
    sheet.row(Cell(line.name))
    sheet.row(Cell(line.quantity_text + style.unit + style.times + style.currency + line.price_text, .1), style.amount(line))
    return 'qty price'


def _name_and_amount(sheet, style, line, number):
    sheet.row(Cell(line.name), style.amount(line))
    return ''


def _numbered(sheet, style, line, number):
    """Number, code and name, then the numbers below, each in a cell."""
    sheet.row(Cell(f'{number}' + choice(('', '.', ')')) if style.is_apart else f'{number:03d}', .02), Cell(line.name, .1))
    sheet.row(Cell(line.quantity_text, .12), Cell(style.unit.strip(), .22), Cell(line.price_text, .55, 'r'), style.amount(line))
    return 'qty price'


def _barcode_over_name(sheet, style, line, number):
    """The barcode with the amount, the name below."""
    sheet.row(Cell(line.code), Cell(line.quantity_text, .5), Cell(line.price_text, .72, 'r'), style.amount(line))
    sheet.row(Cell(line.name, .04 if style.is_apart else .02))
    return 'qty price'


def _many_columns(sheet, style, line, number):
    """Number, code, name, quantity, unit price, discount, amount."""
    sheet.row(Cell(str(number)), Cell(line.name, .08), Cell(line.quantity_text, .46), Cell(line.price_text, .64, 'r'),
              Cell('0.00' if style.is_apart else '', .78, 'r'), style.amount(line))
    return 'qty price'


def _all_in_one(sheet, style, line, number):
    """Quantity and name in one cell, the price maybe at the end of it."""
    sheet.row(Cell(f'{line.quantity_text} {line.name}' + (f' @{line.price_text}' if style.is_apart else '')), style.amount(line))
    return 'qty price' if style.is_apart else 'qty'


def _code_in_front(sheet, style, line, number):
    """Code and name in one cell, quantity and amount in columns."""
    sheet.row(Cell(f'{line.code} {line.name}'), Cell(line.quantity_text, .78, 'r'), style.amount(line))
    return 'qty'


def _price_below(sheet, style, line, number):
    """Name and amount; below them how many at which price, only when more than one."""
    sheet.row(Cell(line.name), style.amount(line))
    if line.quantity == 1:
        return ''
    sheet.row(Cell(f'{line.quantity_text}{style.times}{style.currency}{line.price_text}' + (' ea' if style.is_apart else ''), .08), gap=.9)
    return 'qty price'


_STYLES = [
    (_four_columns, 6, (('ITEM', 'QTY', 'PRICE', 'AMOUNT'), ('Description', 'Qty', 'Price', 'Amt'), ('ITEM', 'QTY', 'U/P', 'TOTAL'),
                        ('Item', 'Qty', 'S/Price', 'S/Total')), (.02, .53, .75, .98)),
    (_code_then_name, 5, (('CODE/DESC', 'PRICE', 'AMOUNT'), ('QTY', 'U.PRICE', 'TOTAL (RM)'), ('Item Code', 'Description', 'Amount')), (.02, .4, .98)),
    (_quantity_first, 6, (('QTY', 'DESCRIPTION', 'AMOUNT'), ('Qty', 'Item', 'RM'), ('Qty', 'Description', 'Total')), (.02, .12, .98)),
    (_name_over_code, 4, (('DESCRIPTION', 'QTY X U.PRICE', 'TOTAL'), ('Item', 'Qty/Price', 'Amount(RM)')), (.02, .55, .98)),
    (_name_over_calculation, 5, (('Item', 'Qty', 'Amt(RM)'), ('DESCRIPTION', '', 'AMOUNT'), ('Qty x Price', '', 'Total')), (.02, .5, .98)),
    (_name_and_amount, 4, (('DESC', 'AMT'), ('Item', 'Amount'), ('', 'RM'), ('PARTICULARS', 'RM SEN')), (.02, .98)),
    (_numbered, 3, (('No', 'Item', 'Price', 'Amount'), ('#', 'Description', 'Price', 'Total')), (.02, .1, .55, .98)),
    (_barcode_over_name, 4, (('ITEM', 'QTY', 'PRICE', 'AMT'), ('Barcode', 'Qty', 'U.Price', 'Amount')), (.02, .5, .72, .98)),
    (_many_columns, 3, (('No', 'Description', 'Qty', 'U.Price', 'Disc', 'Amount'), ('#', 'ITEM', 'QTY', 'PRICE', 'DISC', 'TOTAL')),
     (.02, .08, .44, .64, .78, .98)),
    (_all_in_one, 3, (('ITEM', 'AMOUNT'), ('Qty Item', 'Price')), (.02, .98)),
    (_code_in_front, 3, (('Item', 'Qty', 'Total'), ('CODE DESCRIPTION', 'QTY', 'AMOUNT')), (.02, .78, .98)),
    (_price_below, 4, (('ITEM', 'AMOUNT'), ('Description', 'Price (RM)')), (.02, .98)),
]


def items_block(sheet, count=None, is_cheap=False, only=None, is_varied=False):
    """Prints the bought things and fills sheet.items; returns (their sum, their number). `only`: a style's index.
    `is_varied`: with discounts under the lines and amounts that are taken off."""
    draw, _, headings, places = _STYLES[only] if only is not None else weighted([(style, style[1]) for style in _STYLES])
    style = ItemStyle()
    ruler = choice('-=*_.') * choice((20, 28, 36)) if chance(.12) else ''
    sheet.row(Cell(ruler, .5, 'c'))
    if chance(.7):
        texts = choice(headings)
        align = ['l'] + ['r' if place > .7 else 'l' for place in places[1:]]
        sheet.row(*[Cell(text if chance(.97) else text.title(), place, side) for text, place, side in zip(texts, places, align)])
        sheet.row(Cell(ruler, .5, 'c'))
    count = count or choice((1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 11, 16))
    has_discounts, has_remarks, total, quantity = chance(.55 if is_varied else .12), chance(.08), 0., 0
    for number in range(1, count + 1):
        line = Line(sheet, is_cheap)
        _print_line(sheet, style, draw, line, number)
        if has_discounts and chance(.4):
            _discount_line(sheet, style, line)
        if has_remarks and chance(.4):
            sheet.row(Cell(sheet.seen(choice(('- ', '* ', '  ', '> ')) + words(1, 2)), .08), gap=.9)
        total += line.amount - line.discount
        quantity += line.count
    if is_varied and chance(.3):
        total -= _taken_off(sheet, style, total)
    sheet.row(Cell(ruler, .5, 'c'))
    return round(total, 2), quantity


def _print_line(sheet, style, draw, line, number):
    """Prints one line; a name too long for its column goes on in a row of its own, and the item's name is all of it."""
    parts = wrap(line.name, style.name_width, False) if style.name_width and len(line.name) > style.name_width else [line.name]
    line.name = parts[0]
    row_count = len(sheet.rows)
    printed = draw(sheet, style, line, number)
    if len(parts) > 1 and draw in (_name_over_code, _name_over_calculation):  # the rest stands under the name, above the numbers
        numbers = sheet.rows.pop()
        _rest(sheet, parts)
        sheet.rows.append(numbers)
    elif len(sheet.rows) == row_count + 1 or draw is _barcode_over_name:
        _rest(sheet, parts)
    else:  # the till cuts the name
        parts = parts[:1]
    item = {'name': ' '.join(parts)}
    if 'qty' in printed:
        item['qty'] = line.quantity_text
    if 'price' in printed:
        item['price'] = line.price_text
    sheet.items.append(item | {'amount': line.amount_text})


def _rest(sheet, parts):
    for part in parts[1:]:
        sheet.row(Cell(part, .04), gap=.9)


def _taken_off(sheet, style, total):
    """A line with a negative amount: something given back. Returns how much."""
    amount = round(min(total * .5, choice((.2, .5, 1, 2, 5, 10, randint(1, 60) / 10))), 2)
    text = money(amount)
    name = choice(('BOTTLE RETURN', 'VOUCHER', 'TRADE IN', 'REBATE', 'RETURN', 'DEPOSIT REFUND', 'Loyalty Redeem', 'CASH VOUCHER RM', 'PROMO OFF'))
    if amount > 0:
        sheet.row(Cell(sheet.seen(name), .02), *([Cell('-1', .55)] if chance(.4) else []),
                  Cell(style.currency + sheet.seen(choice(('-' + text, f'({text})', text + '-'))), .98, 'r'))
    return amount


def _discount_line(sheet, style, line):
    percent = choice((5, 10, 15, 20, 30, 50))
    line.discount = round(line.amount * percent / 100, 2)
    text = money(line.discount)
    sheet.row(Cell(sheet.seen(choice(_DISCOUNTS).format(percent)), .08),
              Cell(style.currency + sheet.seen(choice(('-' + text, f'({text})', text + '-'))), .98, 'r'))
