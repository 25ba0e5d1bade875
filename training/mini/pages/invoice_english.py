"""English invoices on whole pages: seller, bill-to and ship-to, references, a table of goods, sums, payment instructions."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, some
from ..lexicon import cased, words
from ..sheet import Cell, Sheet, wrap
from ..values import (code, company, date_form, day, email, english_address, english_name, money, person, phone, price, website)
from .parts_bills import address_lines, amount_words, put_lines, registration_number, side_by_side, tax_number
from .parts_forms import pairs
from .parts_items import items_block
from .parts_shop import address as shop_address
from .parts_shop import name_lines
from .parts_till import junk, other_dates, transaction_line, varieties
from .parts_totals import TotalsBlock, footer

_TITLES = ('INVOICE|Invoice|TAX INVOICE|COMMERCIAL INVOICE|Tax Invoice|PROFORMA INVOICE|SALES INVOICE|INVOICE / DELIVERY ORDER|CREDIT NOTE|'
           'Statement|Service Invoice|VAT Invoice|BILL').split('|')
_TERMS = 'Net 30|Net 15|Due on receipt|COD|30 Days|Net 60|C.O.D.|CASH|14 days|2/10 Net 30|NETT 30 DAYS|Upon receipt|60 DAYS|Prepaid'.split('|')


def compose():
    sheet, varied = Sheet(False, 'invoice_english'), varieties()
    _seller(sheet, varied)
    references = _references()
    arrangement = choice(('references first', 'bill first', 'beside'))
    if arrangement == 'beside':
        _bill_to_beside_references(sheet, references)
    elif arrangement == 'bill first':
        _bill_to(sheet)
        pairs(sheet, references, choice(('one', 'two', 'head', 'grid', 'grid_two')))
    else:
        pairs(sheet, references, choice(('one', 'two', 'head', 'grid', 'right')), choice((.02, .02, .55)), .43)
        _bill_to(sheet)
    if chance(.45):
        gross, quantity = items_block(sheet, choice((1, 2, 3, 4, 6, 9)))
    else:
        gross, quantity = _goods(sheet)
    block = TotalsBlock(sheet, gross, quantity, is_varied='totals' in varied)
    block.print()
    _after(sheet, block.sums.total)
    if 'till' in varied:
        choice((transaction_line, other_dates))(sheet)
    if 'junk' in varied:
        junk(sheet)
    return sheet


def _seller(sheet, varied):
    printed = name_lines() if 'company' in varied else wrap(company(False, choice('uutt')), choice((16, 24, 40, 60)), False)
    lines = [line for line in map(sheet.seen, printed) if line]
    text = ' '.join(lines)
    sheet.put('company', text)
    sheet.put('sellname', text)
    title, size = sheet.seen(choice(_TITLES)), choice((1, 1.3, 1.5))
    sheet.put('title', title)
    place = choice(('beside', 'beside', 'above', 'below'))
    align, x = choice((('l', .02), ('l', .02), ('c', .5)))
    if place == 'above':
        sheet.row((title, choice((.5, .75)), 'c', 1.8))
    for i, line in enumerate(lines):
        beside = place == 'beside' and i == 0
        sheet.row(Cell(line, .02 if beside else x, 'l' if beside else align, size), *([Cell(title, .75, 'l', 1.8)] if beside else []))
    if place == 'beside':
        align, x = 'l', .02
    if chance(.35):
        number = sheet.seen(registration_number())
        sheet.put('regno', number)
        sheet.row((choice(('({})', 'Co. Reg. No. {}', 'Company No. {}', 'Reg. No: {}')).format(number), x, align))
    if 'address' in varied:
        shop_address(sheet, x, align)
    else:
        put_lines(sheet, 'address', address_lines(english_address()), x, align)
    _seller_contacts(sheet, x, align)
    if place == 'below':
        sheet.row((title, .5, 'c', 1.6))


def _seller_contacts(sheet, x, align):
    shown = []
    for key, labels, value, share in (('phone', ('Tel: ', 'Phone: ', 'Ph: ', 'T: ', 'Tel : '), phone(False), .7),
                                  ('fax', ('Fax: ', 'F: ', 'Fax : '), phone(False), .35),
                                  ('email', ('Email: ', 'E: ', ''), email(), .4), ('website', ('Web: ', '', 'W: '), website(), .25),
                                  ('taxid', ('GST Reg No: ', 'VAT No: ', 'Tax ID: ', 'GST ID No: ', 'ABN '), tax_number(), .4)):
        if chance(share):
            label, value = choice(labels), sheet.seen(value)
            sheet.put(key, value, label or None)
            shown.append(label + value)
    if chance(.4) and len(shown) > 1:
        joint = choice(('  ', ' | ', '   ', ' / '))
        shown = [joint.join(shown[:2])] + shown[2:]
    for text in shown:
        sheet.row((text, x, align))


def _references():
    form = date_form(False)
    year, month, number = issued = day()
    due = (year, month, min(28, number + 14)) if chance(.3) else (year, month + 1, number) if month < 12 else (year + 1, 1, number)
    found = some([('invno', choice(('Invoice No.', 'Invoice #', 'Invoice Number', 'INV NO', 'No.', 'Invoice ID', 'Inv. No', 'Document No')), code())], .93)
    found += some([('date', choice(('Date', 'Invoice Date', 'Issue Date', 'Date of Issue', 'Dated', 'Inv Date', 'DATE')), form(*issued))], .93)
    found += some([('duedate', choice(('Due Date', 'Payment Due', 'Due', 'Pay By', 'Due on')), form(*due)),
                   ('po', choice(('PO Number', 'P.O. #', 'Customer PO', 'Your PO No.', 'P/O No')), code()),
                   ('terms', choice(('Terms', 'Payment Terms', 'TERMS', 'Term of Payment')), choice(_TERMS))], .55)
    found += some([('label:' + label, label, value) for label, value in (
        ('Sales Rep', english_name()), ('Customer No', digits(randint(4, 8))), ('D/O No', code()), ('Ship Date', form(*day())), ('Page', '1 of 1'),
                                                                         ('Salesperson', english_name().upper()),
        ('Project', cased(words(1, 3), 't')), ('Our Ref', code()), ('Currency', choice(('USD', 'MYR', 'EUR', 'GBP', 'SGD'))))], .2)
    if chance(.5):
        shuffle(found)
    return found


_BILL = 'Bill To:|BILL TO|Billed to|Customer:|Invoice To|INVOICE TO:|Sold To|To:|Client|BILL TO:|Customer|Messrs.|Buyer'.split('|')


def _buyer(sheet):
    """The buyer's name and address as they read; registered."""
    label = choice(_BILL)
    name = sheet.seen(company(False, 't') if chance(.6) else english_name())
    address = [line for line in map(sheet.seen, address_lines(english_address())) if line]
    sheet.put('buyname', name, label)
    sheet.put('buyaddr', ' '.join(address))
    return label, [name] + address


def _bill_to(sheet):
    label, lines = _buyer(sheet)
    if chance(.4):
        ship = [line for line in map(sheet.seen, address_lines(english_address())) if line]
        ship_label = choice(('Ship To:', 'SHIP TO', 'Deliver To', 'Delivery Address'))
        sheet.put('shipto', ' '.join(ship), ship_label)
        side_by_side(sheet, [label] + lines, [ship_label] + ship)
        return
    if chance(.25):  # the label and the name in one cell
        lines[0] = label.rstrip(':') + ': ' + lines[0]
        label = ''
    x = choice((.02, .02, .55))
    for line in ([label] if label else []) + lines:
        sheet.row((line, x))
    if chance(.2):
        text = sheet.seen(person(False))
        sheet.put('contact', text, 'Attn')
        sheet.row(('Attn: ' + text, x))


def _bill_to_beside_references(sheet, references):
    label, lines = _buyer(sheet)
    right = []
    for key, name, value in references:
        name, value = sheet.seen(name), sheet.seen(value)
        if sheet.put(key, value, name):
            right.append(name + sheet.separator + value)
    side_by_side(sheet, [label] + lines, right, right_x=choice((.55, .6, .65)))


_HEADINGS = [('Description', 'Qty', 'Unit Price', 'Amount'), ('DESCRIPTION', 'QUANTITY', 'UNIT PRICE', 'TOTAL'), ('Item', 'Hours', 'Rate', 'Amount'),
             ('Service', 'Qty', 'Rate', 'Line Total'),
             ('Particulars', 'Qty', 'Price (RM)', 'Amount (RM)'), ('Product', 'Quantity', 'Price', 'Total')]


def _goods(sheet):
    """A wide table: number, description, quantity, unit, price, amount."""
    headings = choice(_HEADINGS)
    has_number, has_unit, has_code = chance(.4), chance(.35), chance(.3)
    sheet.row(*([Cell(choice(('No', '#', 'Item No')), .02)] if has_number else []), *([Cell('Code', .1)] if has_code else []),
              Cell(headings[0], .22 if has_code else .08 if has_number else .02),
              Cell(headings[1], .6), *([Cell('UOM', .68)] if has_unit else []), Cell(headings[2], .84, 'r'), Cell(headings[3], .98, 'r'))
    total, quantity = 0., 0
    for number in range(1, choice((1, 1, 2, 3, 4, 5, 7)) + 1):
        count, each = choice((1, 1, 2, 5, 10, 12, randint(1, 200))), price()
        amount = round(count * each, 2)
        name = sheet.seen(cased(words(2, 5), choice('uttaa')))
        item = {'name': name, 'qty': sheet.seen(str(count)), 'price': sheet.seen(money(each)), 'amount': sheet.seen(money(amount))}
        sheet.row(*([Cell(str(number), .02)] if has_number else []), *([Cell(letters_digits(6), .1)] if has_code else []),
                  Cell(name, .22 if has_code else .08 if has_number else .02),
                  Cell(item['qty'], .62), *([Cell(choice(('PCS', 'UNIT', 'SET', 'HRS', 'BOX')), .68)] if has_unit else []), Cell(item['price'], .84, 'r'),
                  Cell(item['amount'], .98, 'r'))
        sheet.items.append(item)
        total, quantity = total + amount, quantity + count
    return round(total, 2), quantity


def _after(sheet, total):
    """Amount in words, bank details, remarks, signatures."""
    if chance(.25):
        text = sheet.seen(amount_words(total))
        sheet.put('amountwords', text)
        sheet.row((text, .02))
    if chance(.4):
        sheet.style = choice(('one', 'one', 'two'))
        sheet.row((choice(('Payment Details', 'Bank Details:', 'BANK INFORMATION', 'Please remit to:')), .02))
        for key, label, value in some([('bank', choice(('Bank', 'Bank Name')), cased(words(1, 2), 't') + ' Bank'),
                                       ('accountname', choice(('Account Name', 'A/C Name', 'Beneficiary')), sheet.fields['company']),
                                       ('account', choice(('Account No', 'A/C No.', 'Account Number', 'IBAN')), digits(randint(10, 14))),
                                       ('label:SWIFT', 'SWIFT', letters_digits(8))], .7):
            sheet.pair(key, label, value, .02, .25)
    if chance(.25):
        sheet.style = 'one'
        sheet.pair('remark', choice(('Notes', 'Remarks', 'Memo', 'Comments')), cased(words(3, 8), 'a'))
    if chance(.25):
        sheet.row((choice(('Authorised Signature', 'Received By', 'Authorized signatory', 'For ' + sheet.fields['company'])), choice((.02, .65))))
    footer(sheet, 3)
