"""Shop names and addresses as Malaysian till rolls set them: names whose last word stands alone, numbers behind them, malls, floors and lots on many lines."""
from ..chance import chance, choice, digits, randint, some, weighted
from ..lexicon import FIRST_NAMES, LAST_NAMES, MALAY, cased, invented, word, words
from ..sheet import Cell, wrap
from ..values import MALAYSIAN_CITIES, MALAYSIAN_STATES, email, english_address
from .parts_bills import address_lines, put_lines, registration_number

_TAILS = ('TRADING|S/B|SB|SHOP|SDN BHD|SDN. BHD.|SDN BHD|BHD|PLT|CO.|COMPANY|MART|MINI MARKET|(M) SDN BHD|(MALAYSIA) SDN BHD|(KL) SDN BHD|ENTERPRISE|'
          '& SONS|(M) SDN. BHD.|BERHAD|& CO|SDN.BHD.|CENTRE|STORE|HOLDINGS SDN BHD|SUPPLY|STATION|RESTAURANT|(JB) SDN BHD|BROTHERS|(1998) SDN BHD|'
          'SERVICES|MARKETING SDN BHD|GIFTS & TOYS|HOUSE').split('|')
_TRADES = ('HARDWARE|CAKE & BAKERY|BOOK & STATIONERY|STATIONERY|ENTERPRISE|CONFECTIONERY|MACHINERY|ELECTRICAL|SUPERMARKET|FOOD INDUSTRIES|TOOLS|PETROLEUM|'
           'CAFE & BISTRO|PHARMACY|HOME DECO|RETAIL|FASHION|SEAFOOD RESTAURANT|'
           'PAINT & HARDWARE|TYRE & BATTERY|LIGHTING|FRESH MART|PET CARE').split('|')
_REGISTRATIONS = ('({})|(Co. No. {})|(CO. NO : {})|({})|[{}]|Co. Reg. No.: {}|CO REG NO {}|(COMPANY NO. {})|(Reg No: {})|(CO.NO.{})|'
                  '( {} )|(Co No: {})|{}|ROC : {}|'
                  '(No. Syarikat: {})|(SSM {})|({}) GST|<{}>|(BRN: {})|(CO.REG.NO:{})').split('|')
_ABOVE = ('SIMPLIFIED TAX INVOICE|TAX INVOICE|WELCOME TO|Selamat Datang Ke|*** THANK YOU ***|RECEIPT|THANK YOU FOR SHOPPING WITH US|CUSTOMER COPY').split('|')
_OWNERS = ('Operated by|Operated by:|OPERATED BY :|A division of|A DIVISION OF|Owned by|Owned and operated by|Managed by :|Owned by :|A member of').split('|')


def _some_word():
    return choice((invented, word, lambda: choice(LAST_NAMES), lambda: choice(MALAY)))().upper()


def name_lines():
    """A company's name over lines: the last word or the suffix alone on the last."""
    head = weighted(((f'{_some_word()} {_some_word()}', 5), (_some_word(), 4), (f'KEDAI {choice(MALAY)} {_some_word()}', 1), (f'RESTAURANT {_some_word()}', 1),
                     (f'RESTORAN {_some_word()} {_some_word()}', 1), (f'{_some_word()} & SONS', 1), (f'{choice(FIRST_NAMES).upper()} {_some_word()}', 1),
                     (f'{_some_word()[:2]} {_some_word()} {_some_word()}', 1), (f'{"".join(choice("ABCEGHJKLMSTY") for _ in range(3))}', 1)))
    first = f'{head} {choice(_TRADES)}' if chance(.65) else head
    tail = choice(_TAILS)
    kind = weighted((('tail alone', 58), ('in one', 28), ('trade alone', 14)))
    lines = [first, tail] if kind == 'tail alone' else [f'{first} {tail}'] if kind == 'in one' else [head, f'{choice(_TRADES)} {tail}']
    lines = [part for line in lines for part in wrap(line, 34, False)]
    return [line.title() for line in lines] if chance(.12) else lines


def names(sheet, x, align):
    """Openings, chain and slogan above the name, the number behind or under it, the branch below. Returns a function that prints the legal name later,
    or None where it is printed."""
    lines = [line for line in map(sheet.seen, name_lines()) if line]
    is_late = chance(.16)
    _openings(sheet, x, align, lines, is_late)
    if is_late:
        label = choice(_OWNERS + [''] * 6)
        return lambda: _legal_name(sheet, x, align, lines, label)
    _legal_name(sheet, x, align, lines, '')
    if chance(.35):
        _branch_line(sheet, x, align)
    return None


def _openings(sheet, x, align, lines, needs_chain):
    first = lines[0].split(' ')
    shop = first[1] if first[0].upper() in ('KEDAI', 'RESTORAN', 'RESTAURANT') and len(first) > 1 else first[0]
    if chance(.25):
        text = choice(_ABOVE + [f'THANK YOU FOR SHOPPING WITH {shop}'] * 3 + [f'Thank you for shopping at {shop.title()}'])
        sheet.row((sheet.seen(text), x, align))
    if needs_chain or chance(.3):
        brand = choice((shop, invented().upper(), cased(words(1, 2), 't'), f"{cased(word(), 't')}'s",
                        f'{invented().upper()} {choice(("MART", "CAFE", "EXPRESS", "99", "24"))}'))
        sheet.row((sheet.seen(brand), x, align, choice((1, 1.5, 1.9, 2.4))))
    if chance(.14):
        sheet.row((sheet.seen(cased(words(2, 4), choice('ta')) + choice(('', '!', '...'))), x, align, choice((.8, 1))))
    if chance(.1):
        text = sheet.seen('www.' + ''.join(filter(str.isalnum, shop.lower())) + choice(('.com.my', '.com', '.my')))
        if sheet.put('website', text):
            sheet.row((text, x, align))
    if chance(.08) and not needs_chain:
        sheet.row((sheet.seen(f'({choice(("formerly known as", "FORMERLY KNOWN AS", "f.k.a."))} {cased(words(1, 2), "u")} {choice(_TAILS)})'), x, align))


def _legal_name(sheet, x, align, lines, label):
    size = choice((1, 1, 1.3, 1.6)) if not label else 1
    sheet.put('company', ' '.join(lines))
    number = sheet.seen(registration_number()) if chance(.75) else ''
    before, after = choice(_REGISTRATIONS).split('{}')
    if number:
        sheet.put('regno', number, before.strip('([<: ') or None)
    is_beside = number and chance(.6)
    is_joint = label and chance(.5)
    if label and not is_joint:
        sheet.row((label, x, align))
    for i, line in enumerate(lines):
        is_last = i == len(lines) - 1
        line = f'{label} {line}' if i == 0 and is_joint else line
        space = choice((' ', ' ', '', '  ')) if before[:1] in tuple('([<') else choice((' ', '  '))
        tail = space + before + number + after if is_beside and is_last else ''
        if tail and chance(.12):
            sheet.row(Cell(line, .02 if align == 'l' else .2, 'l', size), Cell(tail.strip(), .62, 'l'))
        else:
            sheet.row((line + tail, x, align, size))
    if number and not is_beside:
        sheet.row((before + number + after, x, align))


def _branch_line(sheet, x, align):
    place = choice((choice(MALAYSIAN_CITIES), f'{choice(MALAY)} {choice(MALAY)}', _some_word()))
    text = choice((f'{_some_word()} MALL', f'{place} BRANCH', f'({place})', f'{place} OUTLET', f'CAWANGAN {place}', f'{place} ({digits(4)})', f'BR: {place}',
                   f'@ {place} MALL', f'{place} - {digits(2)}', f'OUTLET : {_some_word()} SQUARE', f'Branch {digits(2)} - {place.title()}'))
    sheet.row((sheet.seen(text), x, align))


# -- addresses

def lot_lines():
    """A shop's address, line by line: unit, building, floor, roads, area, town."""
    place, city, state = f'{choice(MALAY)} {choice((choice(MALAY), _some_word()))}', choice(MALAYSIAN_CITIES), choice(MALAYSIAN_STATES)
    lot = choice((f'LOT G{digits(2)} & G{digits(2)}', f'LOT {digits(3)}', f'LOT L{digits(1)}-{digits(2)}', f'NO. {digits(2)}-G',
                  f'UNIT {choice("ABCGF")}-{digits(2)}', f'PT {digits(4)}',
                  f'LOT F{digits(2)}A', f'NO {digits(2)} & {digits(2)}', f'K{digits(2)}', f'NO.{digits(2)}, {digits(2)} & {digits(2)}',
                  f'LOT {digits(4)}, BLOCK {digits(1)}'))
    floor = choice(('GROUND FLOOR', 'LOWER GROUND FLOOR', '1ST FLOOR', f'LEVEL {randint(1, 5)}', 'CONCOURSE LEVEL', 'LG FLOOR', '2ND FLR',
                    f'BLOCK {choice("ABCD")}'))
    mall = choice((f'{_some_word()} MALL {place}',
                   f'{_some_word()} {choice(("PLAZA", "SQUARE", "CITY MALL", "SHOPPING CENTRE", "POINT", "GALLERIA", "PARADE"))}',
                   f'PLAZA {_some_word()}', f'WISMA {_some_word()}', f'KOMPLEKS {place}', f'{place} SHOPPING MALL', f'MENARA {_some_word()}'))
    road = choice((f'JALAN {place}', f'JLN {place} {digits(1)}', f'JALAN {_some_word()} {digits(1)}/{digits(2)}',
                   f'JALAN {choice("PSU")}{digits(1)}/{digits(1)}', f'LEBUH {place}',
                   f'OFF JALAN {_some_word()}', f'BATU {randint(2, 18)} {choice(("", "1/2 ", "3/4 "))}JALAN {place}',
                   f'{randint(2, 18)} 1/2 MILE, JALAN {_some_word()}',
                   f'PERSIARAN {place}', f'LORONG {_some_word()} {digits(1)}'))
    second_road = choice((f'OFF JALAN {_some_word()}', f'JALAN {place}', f'LEBUHRAYA {_some_word()}', f'PERSIARAN {_some_word()}'))
    area = choice((f'TMN {place}', f'TAMAN {place}', f'BDR {place}', f'KG. {place}', f'KG {_some_word()}', f'BANDAR {place}', f'MUKIM {_some_word()}',
                   f'SEKSYEN {digits(2)}', place))
    postcode = weighted(((f'{digits(5)} {city}', 60), (f'{digits(5)}, {city}', 10), (f'{city} {digits(5)}', 12), (city, 18)))
    if chance(.5):
        found = [lot + choice((',', ', ' + floor + ',')), mall + ',', *([road + ','] if chance(.65) else []), *([area + ','] if chance(.4) else [])]
    else:
        found = [f'{lot}, {road},', *([second_road + ','] if chance(.3) else []), area + ',']
    found.append(postcode + choice((',', '', '.')))
    if chance(.65):
        found.append(state + choice(('', '.', ',')))
    if chance(.25):
        found.append(choice(('MALAYSIA', 'MALAYSIA.', 'Malaysia')))
    if len(found) > 3 and chance(.25):  # two short lines in one
        at = randint(0, len(found) - 2)
        found[at:at + 2] = [' '.join(found[at:at + 2])]
    if chance(.3):
        found = [line.replace(', ', ',') for line in found]
    if chance(.3):
        found = [line.rstrip(',') for line in found]
    return [line.title() for line in found] if chance(.15) else found


def address(sheet, x, align):
    """The shop's address with what stands around it on till rolls: a branch above, codes and contacts below, sometimes a second address."""
    if chance(.2):
        _branch_line(sheet, x, align)
    order = weighted((('own only', 88), ('own first', 7), ('head office first', 5)))
    if order == 'head office first':
        put_lines(sheet, None, address_lines(english_address()), x, align, prefix=choice(('HQ: ', 'Head Office: ', 'HEAD OFFICE : ', 'REG. OFFICE: ')))
        put_lines(sheet, 'address', lot_lines(), x, align, prefix=choice(('BRANCH: ', 'Outlet: ', 'Branch : ', 'Shop : ')))
    else:
        put_lines(sheet, 'address', lot_lines(), x, align)
    for text in some((f'{choice(("Site", "SITE", "Store", "STORE NO"))}{choice((": ", " ", " #"))}{digits(4)}', f'({digits(4)})',
                      f'{choice(("Outlet Code", "Loc", "Station"))} : {choice("ABKSR")}{digits(3)}'), .13):
        sheet.row((sheet.seen(text), x, align))
    if chance(.12):
        text = sheet.seen(email())
        if sheet.put('email', text):
            sheet.row((choice(('', 'Email: ', 'E-mail:')) + text, x, align))
    if 'phone' in sheet.fields and chance(.3):  # beside the shop's number, never instead of it
        sheet.row((f'HOTLINE : 1-300-{digits(2)}-{digits(4)}', x, align))
    if order == 'own first':
        put_lines(sheet, None, address_lines(english_address()), x, align, prefix=choice(('HQ: ', 'Head Office: ', 'HEADQUARTERS : ', 'Branch 2: ')))
