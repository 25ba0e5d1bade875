"""Lines of a bill's sums that name the total again or carry other amounts beside it: where a reader of totals goes wrong."""
from ..chance import chance, choice, digits, letters_digits, randint, sample
from ..sheet import Cell
from ..values import money
from .parts_bills import masked_card, tendered

_BEFORE_ROUNDING = 'TOTAL BEFORE ROUNDING|Total (before rounding)|Total Before Adj|TOTAL SALES|Sub Total Before Rounding|TOTAL (RM)|Total|Amount'.split('|')
_AFTER_ROUNDING = ('TOTAL AFTER ROUNDING|Total (after rounding)|ROUNDED TOTAL|NET TOTAL|Total Payable|TOTAL AFTER ADJ|GRAND TOTAL|Total Rounded (RM)|'
                   'Total After Rounding Adj|AMOUNT DUE|NETT TOTAL').split('|')
_ADJUSTMENTS = 'ROUNDING|Rounding Adj|ROUNDING ADJ:|Rounding Adjustment|5 SEN ROUNDING|Round Adj.|BULATAN'.split('|')
_AGAIN = 'TOTAL|Total|TOTAL RM|TOTAL DUE|Amount Paid|TOTAL PAID|RM|NETT|Bill Total|Sale Total|AMOUNT'.split('|')


def _label(block, labels):
    """A label that the bill has not had, or None."""
    fresh = [label for label in labels if label.lower() not in block.used]
    label = choice(fresh) if fresh else None
    if label:
        block.used.add(label.lower())
    return label


def _free(block, labels, amount, key=None):
    """Prints a label and an amount in one of several ways; registers it under `key` if that is still free."""
    label = _label(block, labels)
    if not label:
        return
    sheet = block.sheet
    label, text = sheet.seen(label), amount if isinstance(amount, str) else sheet.seen(block.style.amount(amount))
    if key:
        sheet.put(key, text, label)
    size = choice((1, 1, 1, .9))
    kind = choice(('one', 'right', 'cells', 'near'))
    if kind == 'one':
        sheet.row((label + choice((' ', '  ', ' : ', ' RM ', ' RM')) + text, choice((.02, .3)), 'l', size))
    elif kind == 'near':
        sheet.row((label, .2, 'l', size), (text, choice((.6, .75)), 'l', size))
    else:
        sheet.row((label, choice((.02, .3)), 'l', size), *([('RM', .76, 'l', size)] if kind == 'cells' else []), (text, .98, 'r', size))


# -- the total itself

def total(block):
    """The total with its rounding pair, or with currency and amount in cells of their own. The rounded one is the total."""
    sheet, sums = block.sheet, block.sums
    if sums.has_rounding:
        before, after = choice(_BEFORE_ROUNDING), _label(block, _AFTER_ROUNDING) or 'TOTAL AFTER ROUNDING'
        if before.lower() != after.lower() and before.lower() not in block.used:
            block.used.add(before.lower())
            block.style.line(sheet, None, before, sums.with_tax)
        block.style.line(sheet, 'rounding', choice(_ADJUSTMENTS), block.rounding_text())
        block.total_label = after
    label, text = sheet.seen(block.total_label), sheet.seen(block.style.amount(sums.total))
    sheet.put('total', text, label)
    block.total_text = text
    kind = choice(('cells', 'cells', 'line', 'below'))
    if kind == 'cells':
        sheet.row((label, block.style.x, 'l', block.size), (choice(('RM', 'RM', 'RM', 'MYR', '$', ':')), choice((.6, .74)), 'l', block.size),
                  (text, .98, 'r', block.size))
    elif kind == 'line':
        sheet.row((label + choice((' ', ' : ', ':', ' RM ', ': RM ')) + text, choice((.02, .3)), 'l', block.size))
    else:  # the amount in a row of its own
        sheet.row((label, block.style.x, 'l', block.size))
        sheet.row((text, .98, 'r', block.size), gap=choice((.6, 1)))


def above_total(block):
    """Amounts without a label, and what was handed over above the total."""
    if chance(.2):
        sheet, amounts = block.sheet, [block.sums.gross] + ([block.sums.with_tax] if chance(.5) else [])
        for amount in amounts:
            sheet.row((sheet.seen(block.style.amount(amount)), choice((.98, .98, .8)), 'r'))


def apart_columns(block):
    """Labels to the left, their amounts as bare rows to the right and below: total, cash, change."""
    sheet, sums = block.sheet, block.sums
    paid = tendered(sums.total)
    texts = [sheet.seen(block.style.amount(value)) for value in (sums.total, paid, round(paid - sums.total, 2))]
    labels = [sheet.seen(choice(choices)) for choices in ((block.total_label,), ('CASH', 'Cash', 'CASH TENDERED', 'Tender'),
                                                          ('CHANGE', 'Change', 'BAKI', 'CHANGE DUE'))]
    for key, text, label in zip(('total', 'cash', 'change'), texts, labels):
        sheet.put(key, text, label or None)
    if labels[1].upper() == 'CASH':
        sheet.put('pay', labels[1])
    block.total_text = texts[0]
    lag = choice((.3, .5, .5))
    for label, text in zip(labels, texts):
        sheet.row((label, choice((.02, .1))), gap=1 - lag)
        sheet.row((text, .98, 'r'), gap=lag)


# -- what follows

def after(block):
    """One to four lines below the total and the payment."""
    sums, printers = block.sums, [_quantity, _saving, _again, _card_amounts, _cash_again]
    if sums.has_tax:
        printers += [_contained_tax, _total_tax, _without_tax, _with_tax]
    for printer in sample(printers, randint(1, min(4, len(printers)))):
        printer(block)


def _contained_tax(block):
    rate = f'{block.sums.rate:g}'
    _free(block, (f'GST @{rate}% included in total', f'GST {rate}% INCLUDED IN TOTAL', f'Total includes GST {rate}%', f'Incl. GST {rate}%',
                  f'TOTAL INCLUDES {rate}% GST'),
          block.sums.tax, 'tax')


def _total_tax(block):
    _free(block, ('Total GST', 'TOTAL GST', 'Total Tax', 'GST TOTAL', 'TOTAL GST (RM)', 'Total GST Amt'), block.sums.tax, 'tax')


def _without_tax(block):
    _free(block, ('TOTAL (EXCL GST)', 'Total Excl. GST', 'TOTAL (EXCLUDING GST)', 'Total Amt Excl GST', 'Taxable Total'), block.sums.before_tax)


def _with_tax(block):
    _free(block, ('TOTAL (INCL GST)', 'Total Incl. GST', 'TOTAL INC GST', 'Total Amt Incl GST'), block.sums.with_tax)


def _quantity(block):
    count = block.sheet.fields.get('qtytotal') or block.sheet.seen(str(block.quantity))
    _free(block, ('Total Qty', 'TOTAL QTY', 'Total items', 'TOTAL ITEMS', 'Total Quantity', 'Item Count', 'TOTAL ITEM(S)'), count, 'qtytotal')


def _saving(block):
    try:
        whole = sum(float(item['amount'].replace(',', '')) for item in block.sheet.items)
    except ValueError:   # an amount was misread
        return
    saved = round(whole - block.sums.gross + block.sums.discount, 2)
    if not 0 < saved < whole:
        return
    _free(block, ('Total Saving', 'TOTAL SAVINGS', 'You saved', 'YOU SAVED', 'You have saved', 'TOTAL SAVING (RM)', 'Total Discount Given'), saved)


def _again(block):
    """The total once more, larger or smaller."""
    label, text = choice(_AGAIN), block.total_text
    size = choice([size for size in (.8, 1, 1.6, 2) if size != block.size])
    if chance(.5):
        block.sheet.row((f'{label} {choice(("", "RM ", ": "))}{text}', .5, 'c', size), gap=1.3)
    else:
        block.sheet.row((label, .02, 'l', size), (block.style.currency + text, .98, 'r', size), gap=1.3)


def _card_amounts(block):
    """The slip of the card terminal, with the amount that was charged."""
    sheet = block.sheet
    if 'cash' in sheet.fields:
        return
    brand = sheet.fields.get('pay') or choice(('VISA', 'MASTERCARD', 'DEBIT', 'MYDEBIT'))
    rows = [(brand, masked_card()), (choice(('SALE AMOUNT', 'AMOUNT', 'AMT RM', 'TOTAL RM', 'Amount :')), block.total_text),
            (choice(('APPR CODE', 'AUTH', 'APP CODE')), digits(6)), (choice(('RRN', 'TRACE', 'AID')), letters_digits(choice((6, 12))))]
    for label, text in sample(rows, randint(2, 4)):
        if label == brand:
            sheet.put('pay', brand)
        sheet.row(Cell(label if label == brand else sheet.seen(label), .05),
                  Cell(text if text == block.total_text else sheet.seen(text), choice((.45, .5)), 'l'))


def _cash_again(block):
    """Cash and change once more, as the till prints them at its end."""
    fields, sheet = block.sheet.fields, block.sheet
    if 'cash' in fields and 'change' in fields:
        x = choice((.4, .98))
        for label, key in (('CASH', 'cash'), ('CHANGE', 'change')):
            sheet.row((label, .02), (fields[key], x, 'r'))
    elif chance(.3):
        sheet.row((choice(('TAX CODE', 'Points Value RM')), .02), (money(0), .98, 'r'))
