"""The head of English bills: who issued them (brand, name, registration, branch, address, contacts) and when (dates, numbers, tills, people)."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, uniform, weighted
from ..lexicon import MALAY, cased, invented, word, words
from ..sheet import Cell, wrap
from ..values import MALAYSIAN_CITIES, code, company, day, email, english_address, english_name, phone, time, website
from . import parts_shop, parts_till
from .parts_bills import TILL_DATES, address_lines, put_lines, registration_number, stray_line, tax_number

DOCUMENTS = ('TAX INVOICE|SIMPLIFIED TAX INVOICE|RECEIPT|CASH BILL|INVOICE|CASH RECEIPT|Tax Invoice|CASH SALE|OFFICIAL RECEIPT|Sales Receipt|'
             'INVOIS CUKAI|CASH SALES|CASH/CREDIT BILL|CUSTOMER RECEIPT').split('|')
_OPENINGS = '*** COPY ***|TAX INVOICE|RECEIPT|WELCOME TO|CASH BILL|*** DUPLICATE ***|Welcome|REPRINT|CUSTOMER COPY|ORIGINAL|SELAMAT DATANG|INVOICE'.split('|')


def header(sheet, varied=()):
    """Everything above the bill's own data. Left-aligned or centred as a whole. `varied`: kinds of parts_till.KINDS to show."""
    align, x = choice((('c', .5), ('c', .5), ('c', .5), ('l', .02)))
    if chance(.22):
        sheet.row((sheet.seen(choice((english_name().lower(), words(1, 2), cased(words(1, 1)), stray_line(), stray_line()))), uniform(0, .5)))
    if chance(.14):
        sheet.row((sheet.seen(choice(_OPENINGS)), x, align))
    address = english_address()
    print_name = parts_shop.names(sheet, x, align) if 'company' in varied else _names(sheet, x, align, address)
    parts = weighted(((('address', 'contact', 'tax'), 60), (('address', 'tax', 'contact'), 18), (('tax', 'address', 'contact'), 10),
                      (('contact', 'address', 'tax'), 7), (('tax', 'contact', 'address'), 5)))
    for part in parts:
        if part == 'address':
            parts_shop.address(sheet, x, align) if 'address' in varied else _address(sheet, x, align, address)
            if print_name and chance(.7):
                print_name()
                print_name = None
        else:
            (_contacts if part == 'contact' else _tax_registration)(sheet, x, align)
    if print_name:
        print_name()


def _names(sheet, x, align, address):
    """A brand above the legal name, the name over some lines, registration beside or below, the branch."""
    name = company(False, choice(('u', 'u', 'u', 't')))
    size = choice((1, 1, 1.3, 1.7))
    if chance(.18):
        first = name.split(' ')[0]
        brand = choice((first, invented().upper(), cased(word(), choice('utl')), letters_digits(randint(2, 3)), f'{first} {cased(word(), "u")}',
                        f"{cased(word(), 't')}'s"))
        sheet.row((sheet.seen(brand), x, align, choice((1, 1.7, 2.2))))
    lines = [line for line in map(sheet.seen, wrap(name, choice((10, 14, 18, 24, 30, 40, 60)), False)) if line][:4]
    sheet.put('company', ' '.join(lines))
    number = sheet.seen(registration_number()) if chance(.62) else ''
    before, after = choice((('(', ')'), ('(', ')'), ('(', ')'), ('CO. REG NO: ', ''), ('COMPANY NO: ', ''), ('(CO.REG : ', ')'), ('REG NO. : ', ''),
                            ('ROC NO.: ', ''), ('(Co. No. ', ')'),
                            ('Reg No: ', ''), ('BRN ', ''), ('(Company Reg. No.: ', ')'), ('Co Reg No.', ''), ('', ''), ('SSM No: ', ''),
                            ('No. Pendaftaran : ', '')))
    if number:
        sheet.put('regno', number, before.strip('( '))
    beside = number and chance(.3)
    for i, line in enumerate(lines):
        is_last = i == len(lines) - 1
        if beside and is_last and chance(.3):  # in a cell of its own
            left = .02 if align == 'l' else .2
            sheet.row(Cell(line, left, 'l', size), Cell(before + number + after, left + .45))
        else:
            sheet.row((line + (f' {before}{number}{after}' if beside and is_last else ''), x, align, size))
    if number and not beside:
        sheet.row((before + number + after, x, align))
    if chance(.14):
        _branch(sheet, x, align, address)


def _branch(sheet, x, align, address):
    """The branch is often called after a part of the address, which the copying model must not jump to."""
    if chance(.4):
        place = choice([piece.strip(' .0123456789') for piece in address.split(',') if any(map(str.isalpha, piece))]).upper()
    else:
        place = choice((choice(MALAYSIAN_CITIES), f'{choice(MALAY)} {choice(MALAY)}', word().upper()))
    text = choice((f'({place})', f'({place} BRANCH)', f'{place} BRANCH', f'CAWANGAN {place}', f'BRANCH : {place}', f'{place} OUTLET',
                   f'Outlet: {place.title()}', f'Store #{digits(4)}',
                   f'(FORMERLY KNOWN AS {cased(words(1, 2), "u")})', f'({place} - {digits(3)})'))
    sheet.row((sheet.seen(text), x, align))


def _address(sheet, x, align, address):
    if chance(.05):
        return
    prefix = '' if chance(.92) else choice(('ADDRESS : ', 'Address: ', 'ADD: ', 'Alamat : '))
    put_lines(sheet, 'address', address_lines(address), x, align, prefix=prefix)


def _contacts(sheet, x, align):
    printers = [_telephone, _mail]
    if chance(.2):
        shuffle(printers)
    for printer in printers:
        printer(sheet, x, align)


def _telephone(sheet, x, align):
    if not chance(.72):
        return
    number = sheet.seen(phone(False))
    label = choice(('TEL:', 'TEL : ', 'Tel: ', 'PHONE: ', 'TELEPHONE ', 'TEL NO: ', 'Contact: ', 'H/P: ', 'Tel ', 'T: ', 'Tel No. : ', 'PHONE NO. : ',
                    'CONTACT NO:', 'HP : ', 'Ph: ', ''))
    sheet.put('phone', number, label or None)
    kind = weighted((('alone', 60), ('fax beside', 22), ('fax below', 10), ('second', 8)))
    if kind == 'second':  # the field is the first; the second only stands there
        sheet.row((label + number + choice((' / ', ', ', '/')) + sheet.seen(phone(False)), x, align))
        return
    if kind == 'alone':
        sheet.row((label + number, x, align))
        return
    fax, fax_label = sheet.seen(phone(False)), choice(('FAX: ', 'FAX:', 'Fax : ', 'FAX NO: ', 'F: ', 'Fax '))
    sheet.put('fax', fax, fax_label)
    if kind == 'fax beside':
        sheet.row((label + number + choice(('  ', ' ', ' / ', '  |  ')) + fax_label + fax, x, align))
    else:
        sheet.row((label + number, x, align))
        sheet.row((fax_label + fax, x, align))


def _mail(sheet, x, align):
    if chance(.15):
        text, label = sheet.seen(email()), choice(('EMAIL: ', '', 'Email:', 'E-mail : ', 'E: '))
        sheet.put('email', text, label or None)
        sheet.row((label + text, x, align))
    if chance(.11):
        text, label = sheet.seen(website()), choice(('', '', 'Website: ', 'Visit us at ', 'WEB : '))
        sheet.put('website', text, label or None)
        sheet.row((label + text, x, align))
    if chance(.05):
        sheet.row((choice(('OPEN DAILY 10AM - 10PM', 'Business Hours: 9.00am-6.00pm', 'Mon - Sat 8:30AM TO 5:30PM', 'OPEN 24 HOURS', 'CAREFUL: NO PARKING')),
                   x, align))


def _tax_registration(sheet, x, align):
    if not chance(.55):
        return
    number = sheet.seen(tax_number())
    label = choice(('GST ID: ', 'GST REG NO: ', 'GST NO:', 'GST ID NO : ', '(GST ID : ', 'GST Reg #', 'GST Reg. No. : ', 'GST ID.', 'GST: ', '(GST Reg. No: ',
                    'SST NO: ', 'VAT No. ', 'GST No.: ', 'TAX ID: '))
    sheet.put('taxid', number, label.strip('('))
    sheet.row((label + number + (')' if label.startswith('(') else ''), x, align))


# -- when, which number, who

_DATE_LABELS = ['', '', ''] + ('DATE|DATE|Date|Date|Date|INV DATE|Invoice Date|DATE/TIME|Bill Date|Trans Date|DATED|Date & Time|Receipt Date|'
                               'Tarikh|TRX DATE|Sale Date|DOC DATE|Order Date|Billing Date|Printed On|Check Date|DT|BUSINESS DATE|Txn Date|'
                               'Date Issued').split('|')
_NUMBER_LABELS = ('INVOICE NO|Invoice No.|RECEIPT NO|Receipt #|DOCUMENT NO|Bill No|INV NO|Doc No.|Cash Bill No|Trans #|Tax Invoice No|Receipt No.|'
                  'Inv No.|Bill #|Invoice #|CASH BILL NO.|RCPT NO|Slip No|Check #|ORDER #|Order No.|TRANS NO|Txn No|Chk|Ref No.|BILL NO|No.|Doc #|'
                  'No. Invois|Sales No').split('|')


def details(sheet, dates='usual'):
    """Date, number and people of a bill in one of many arrangements.
    `dates`: 'usual', 'odd' (labels few use, other dates besides), 'other' (usual labels, other dates besides) or 'none'."""
    sheet.style = choice(('one', 'one', 'two', 'right'))
    if chance(.3):
        sheet.row((choice(DOCUMENTS), .5, 'c', choice((1, 1, 1.4))))
    if dates == 'usual' and chance(.2):
        return _beside(sheet)
    printers = [*_DATE_PRINTERS[dates], _number, _cashier, _table_number, _others, _member]
    shuffle(printers)
    for printer in printers:
        printer(sheet)
    if chance(.12):
        sheet.row((choice(DOCUMENTS), .5, 'c'))


def _day_and_time(sheet):
    return sheet.seen(choice(TILL_DATES)(*day())), sheet.seen(time())


def _cashier_name():
    return choice((english_name(), cased(invented()), digits(3), english_name().upper(), digits(2), 'ADMIN', 'CASHIER1', f'{digits(4)} {invented().upper()}',
                   'Manager'))


def _beside(sheet):
    """Two label/value pairs a row, as many tills print."""
    sheet.style = 'one'
    day_text, time_text = choice(TILL_DATES)(*day()), time()
    found = [('date', choice(_DATE_LABELS[3:]), day_text), ('time', choice(('TIME', 'Time', 'Time')), time_text), ('invno', choice(_NUMBER_LABELS), code()),
             ('cashier', choice(('CASHIER', 'Cashier', 'Staff', 'Served By', 'CSH')), _cashier_name()), ('table', choice(('Table', 'TBL')), digits(2)),
             ('label:Counter', 'Counter', digits(2)), ('label:POS', 'POS', digits(2)), ('label:Pax', 'Pax', digits(1)), ('label:Shift', 'Shift', digits(1))]
    found = found[:1] + [triple for triple in found[1:] if chance(.55)]
    if chance(.6):
        shuffle(found)
    separator, right = choice((': ', ':', ' : ', ' ')), choice((.5, .55, .62))
    for start in range(0, len(found), 2):
        cells = []
        for i, (key, label, value) in enumerate(found[start:start + 2]):
            label, value = sheet.seen(label), sheet.seen(value)
            sheet.put(key, value, label)
            cells.append(Cell(label + separator + value, right if i else .02))
        sheet.row(*cells)


def _date(sheet):
    if chance(.03):
        return
    day_text, time_text = _day_and_time(sheet)
    label = sheet.seen(choice(_DATE_LABELS)) if chance(.97) else ''
    sheet.put('date', day_text, label or None)
    separator = choice((': ', ':', ' : ', ' ', ' :')) if label else ''
    kind = weighted((('together', 34), ('time apart', 18), ('alone', 28), ('among codes', 20)))
    x = choice((.02, .02, .02, .3, .5))
    if kind == 'together':
        _date_with_time(sheet, label, separator, day_text, time_text, x)
    elif kind == 'time apart':
        time_label = choice(('TIME: ', 'Time:', '', 'Time ', 'TIME :'))
        sheet.put('time', time_text, time_label or None)
        sheet.row((label + separator + day_text, .02), (time_label + time_text, choice((.5, .6, .7))))
    elif kind == 'alone':
        if chance(.6) or not label:
            sheet.row((label + separator + day_text + (choice((' (Mon)', ' (Fri)', ' Sat', ' - Tue', ' WED')) if chance(.05) else ''), x))
        else:
            sheet.row((label + separator.strip(), .02), (day_text, choice((.2, .35, .7))))
        if chance(.5):
            sheet.put('time', time_text, 'Time')
            sheet.row((choice(('TIME : ', 'Time: ', 'TIME ', 'Time :')) + time_text, .02))
    else:
        sheet.labels.pop('date', None)  # not printed
        _date_among_codes(sheet, day_text, time_text)


def _date_with_time(sheet, label, separator, day_text, time_text, x):
    between = choice((' ', ' ', ' ', '  ', ' - ', ', ', ' @ ', ' / '))
    sheet.put('time', time_text)
    sheet.put('datetime', day_text + between + time_text, label or None)
    if chance(.65) or not label:
        sheet.row((label + separator + day_text + between + time_text, x))
    else:
        sheet.row((label + separator.strip(), .02), (day_text + between + time_text, choice((.2, .35, .6))))


def _date_among_codes(sheet, day_text, time_text):
    """A line of the till's own: date, time and numbers without labels, in one cell or several."""
    has_time = chance(.75)
    parts = [day_text] + ([time_text] if has_time else [])
    for _ in range(randint(1, 3)):
        extra = choice((digits(randint(2, 6)), f'#{digits(4)}', f'{digits(4)} {digits(2)} {digits(4)}', letters_digits(randint(3, 6)),
                        f'T{digits(2)} S{digits(3)}', f'R{digits(5)}', f'C:{digits(2)}'))
        parts.insert(choice((0, len(parts), len(parts))), sheet.seen(extra))
    if has_time:
        sheet.put('time', time_text)
    if chance(.6):
        sheet.row((choice((' ', '  ')).join(parts), choice((.02, .5)), 'l' if chance(.7) else 'c'))
    else:
        sheet.row(*[Cell(part, .02 + .96 * i / len(parts)) for i, part in enumerate(parts)])


_DATE_PRINTERS = {'usual': (_date,), 'odd': (parts_till.odd_date, parts_till.other_dates), 'other': (_date, parts_till.other_dates), 'none': ()}


def _number(sheet):
    if not chance(.82):
        return
    if chance(.06):  # without a label
        text = sheet.seen(code())
        sheet.row((choice(('#', 'No ', '')) + text, choice((.02, .5))))
        return
    sheet.pair('invno', choice(_NUMBER_LABELS), code())


def _cashier(sheet):
    if chance(.6):
        sheet.pair('cashier', choice(('CASHIER', 'Cashier', 'Served By', 'STAFF', 'Salesperson', 'Server', 'USER', 'CSH', 'Juruwang', 'Your server',
                                      'Salesman', 'OPERATOR', 'Cashier Name', 'Clerk')),
                   _cashier_name())


def _table_number(sheet):
    if chance(.2):
        sheet.pair('table', choice(('TABLE', 'Table No', 'TABLE #', 'Table', 'Tbl', 'Meja', 'TABLE NO.')),
                   choice((digits(2), choice('ABCD') + digits(1), digits(1))))


def _others(sheet):
    for _ in range(choice((0, 0, 1, 1, 2, 3))):
        label = choice(('COUNTER', 'TERMINAL', 'POS NO', 'PAX', 'Shift', 'Ref', 'Branch', 'Machine', 'Till', 'Register', 'Station', 'Batch', 'Job No',
                        'Vehicle', 'Terms', 'A/C', cased(words(1, 2))))
        sheet.pair('label:' + label if chance(.6) else None, label, choice((digits(2), digits(4), code(), cased(words(1, 2)))))


def _member(sheet):
    if chance(.17):
        name = english_name().upper() if chance(.7) else company(False, 'u')
        sheet.pair('member', choice(('MEMBER', 'Customer', 'SOLD TO', 'Cust Name', 'BILL TO', 'To', 'M/S', 'Member Name', 'CUSTOMER NAME', 'ATTN')), name)
