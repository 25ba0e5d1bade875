"""Business cards."""
from ..chance import chance, choice, randint, shuffle
from ..lexicon import cased, invented, words
from ..sheet import Sheet
from ..values import company, person
from .known_fields import FIELDS, value_of
from .parts_common import either

_CONTACTS = {  # key: labels in Chinese, in English; '' prints the value alone
    'mobile': ('手机|手 机|移动电话|M|Mobile|', 'Mobile|M|Cell|HP|m.|Mob'), 'phone': ('电话|电 话|座机|T|Tel|', 'Tel|T|Phone|Office|t.|P|'), 'fax': ('传真|F|Fax', 'Fax|F|f.'),
    'email': ('邮箱|E-mail|E|Email||', 'Email|E|e.|E-mail||'),
    'website': ('网址|网站|W|Web||', 'Web|W|www|w.||'), 'address': ('地址|地 址|A|Add||', 'Address|A|Add|a.||'), 'postcode': ('邮编', 'Postcode|Zip')}
_ORDERS = ((0, 1, 2), (0, 1, 2), (1, 0, 2), (1, 2, 0), (0, 2, 1))


def compose():
    sheet = Sheet(chance(.5), 'card')
    x, align = choice(((.05, 'l'), (.05, 'l'), (.5, 'c'), (.95, 'r')))
    blocks = [lambda: _firm(sheet, x, align), lambda: _person(sheet, x, align), lambda: _contacts(sheet, x, align)]
    for i in choice(_ORDERS):
        blocks[i]()
    return sheet


def _firm(sheet, x, align):
    is_chinese = sheet.is_chinese
    if chance(.12):
        sheet.row((cased(invented(), 'u'), x, align, 1.8))
    if chance(.93):
        if chance(.15):
            sheet.lines('company', company(is_chinese, choice('ut')), x, align, randint(8, 12) if is_chinese else randint(14, 22), 1.2)
        else:
            sheet.title('company', company(is_chinese, choice('ut')), choice((1, 1.3, 1.5)), x, align)
    if is_chinese and chance(.2):
        sheet.row((sheet.seen(company(False, 'u')), x, align, .8))
    if chance(.2):
        sheet.row((sheet.seen(either(is_chinese, '诚信为本 服务至上|用心做好每一件事|全国连锁|专注品质二十年', f'{cased(words(2, 5), "a")}|Since {randint(1950, 2020)}')), x, align, .8))


def _person(sheet, x, align):
    """Name, position and department: in one row, below each other, in either order."""
    is_chinese = sheet.is_chinese
    name, job, dept = sheet.seen(person(is_chinese)), sheet.seen(value_of('job', is_chinese)), sheet.seen(value_of('department', is_chinese))
    has_job, has_dept, large = chance(.88), chance(.3), choice((1.4, 1.6, 2))
    sheet.put('fullname', name)
    if has_job:
        sheet.put('job', job)
    if has_dept:
        sheet.put('dept', dept)
    kind = choice(('row', 'below', 'below', 'above', 'joined')) if align == 'l' else choice(('below', 'below', 'above'))
    if kind == 'row':
        sheet.row((name, x, 'l', large), (job if has_job else '', .45))
    elif kind == 'joined':
        sheet.row((name + choice((' ', '  ', ' | ')) + job if has_job else name, x, 'l', large))
    elif kind == 'below':
        sheet.row((name, x, align, large))
        sheet.row((job if has_job else '', x, align))
    else:
        sheet.row((job if has_job else '', x, align))
        sheet.row((name, x, align, large))
    sheet.row((dept if has_dept else '', x, align))


def _contacts(sheet, x, align):
    is_chinese = sheet.is_chinese
    separator = choice((': ', ':', ' ', '：', '. ', ' | '))
    keep = choice((.5, .75, .9))
    keys = [key for key in _CONTACTS if chance(keep if key != 'postcode' else .1)]
    if chance(.5):
        shuffle(keys)
    labelled, cells = chance(.85), []
    for key in keys:
        value = value_of(FIELDS[key][1], is_chinese)
        label = either(is_chinese, *_CONTACTS[key]) if labelled or key in ('fax', 'postcode') or key == 'phone' and 'mobile' in keys else ''
        if key == 'address' and chance(.4):
            _flush(sheet, cells, x, align)
            sheet.lines('address', value, x, align, randint(12, 20) if is_chinese else randint(20, 34), prefix=label + separator if label else '')
            continue
        value = sheet.seen(value)
        sheet.put(key, value, label)
        cells.append(label + separator + value if label else value)
        if len(cells) == 2 or chance(.7) or align != 'l' or len(cells[0]) > 24:
            _flush(sheet, cells, x, align)
    _flush(sheet, cells, x, align)


def _flush(sheet, cells, x, align):
    """Prints what has been gathered: one contact, or two beside each other."""
    sheet.row(*[(text, x + .48 * i, align) for i, text in enumerate(cells)])
    cells.clear()
