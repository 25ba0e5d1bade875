"""Menus and price lists: one or two columns, sections, dotted leaders, descriptions, two sizes with a price each."""
from ..chance import chance, choice, randint
from ..lexicon import cased, chinese, words
from ..sheet import Sheet, Table
from ..values import address, company, phone, price
from .parts_common import either, footer, price_form

_FOOT = {True: '价格如有变动恕不另行通知|图片仅供参考|另收10%服务费|谢谢光临|★为招牌推荐|如有忌口请告知服务员',
         False: 'All prices in RM|Prices subject to 6% SST|Please inform us of any food allergies|Service charge not included|* Chef recommendation|Thank you'}


def compose():
    sheet = Sheet(chance(.55), 'menu')
    _heading(sheet)
    kind = choice(('list', 'list', 'list', 'columns', 'columns', 'sizes'))
    printed = price_form()
    if kind == 'sizes':
        _with_sizes(sheet, printed)
    elif kind == 'columns':
        _two_columns(sheet, printed)
    else:
        _one_column(sheet, printed)
    _contact(sheet)
    return sheet


def _heading(sheet):
    if chance(.85):
        sheet.title('company', company(sheet.is_chinese, 't'), choice((1.4, 1.8, 2.2)))
    if chance(.55):
        sheet.title('title', either(sheet.is_chinese, '菜单|MENU|价目表|今日菜单|饮品单|收费标准|菜 单|点菜单|酒水单', 'MENU|Menu|Price List|Lunch Menu|Drinks|Our Menu|A LA CARTE'),
                    choice((1., 1.4)))


def _contact(sheet):
    sheet.style = 'one'
    if chance(.3):
        sheet.pair('phone', either(sheet.is_chinese, '订餐电话|电话|外卖热线|Tel', 'Tel|Phone|For orders call|Reservations'), phone(sheet.is_chinese))
    if chance(.3):
        sheet.pair('address', either(sheet.is_chinese, '地址|店址|门店地址', 'Address|Find us at|Location'), address(sheet.is_chinese))
    if chance(.15):
        sheet.pair('label:营业时间' if sheet.is_chinese else 'label:Opening hours', either(sheet.is_chinese, '营业时间', 'Opening hours'),
                   f'{randint(7, 11)}:00{choice(("-", " - ", "~"))}{randint(18, 23)}:{choice(("00", "30"))}')
    footer(sheet, _FOOT[True], _FOOT[False])


class _Naming:
    """Different names on one menu, in one style."""

    def __init__(self, sheet):
        self.sheet, self.case, self.used = sheet, choice('utta'), set()
        self.number = randint(1, 101) if chance(.12) else None
        self.mark = either(sheet.is_chinese, '（辣）|★|(大份)|/份|(招牌)', ' (V)|*| (hot)| (GF)| (new)') if chance(.25) else ''

    def name(self):
        """A dish as the reader will see it."""
        for _ in range(9):
            text = chinese(2, 6) if self.sheet.is_chinese else cased(words(1, 4), self.case)
            text += self.mark if self.mark and chance(.2) else ''
            text = self.sheet.seen(text)
            if text not in self.used:
                break
        self.used.add(text)
        return text

    def numbered(self, name):
        """Some menus print a number before the name, no part of it."""
        if self.number is None:
            return name
        self.number += 1
        return f'{self.number - 1}{choice((". ", " "))}{name}'


def _currency(sheet):
    """(before, after) the price."""
    return choice((('', ''), ('', ''), ('¥', ''), ('￥', ''), ('', '元'), ('', '元/份')) if sheet.is_chinese else (('', ''), ('', ''), ('$', ''), ('RM ', ''),
        ('RM', ''), ('€', '')))


def _section(sheet):
    return sheet.seen(chinese(2, 4) + choice(('', '类', '系列')) if sheet.is_chinese else cased(words(1, 2), choice('ut')))


def _priced(sheet, naming, printed):
    """Registers one dish; its name and price."""
    name, cost = naming.name(), sheet.seen(printed(price()))
    sheet.items.append({'name': name, 'price': cost})
    return name, cost


def _description(sheet):
    text = '、'.join(chinese(2, 3) for _ in range(randint(2, 3))) if sheet.is_chinese else ', '.join(words(1, 2) for _ in range(randint(2, 4)))
    return sheet.seen(text)


def _one_column(sheet, printed):
    naming, (before, after) = _Naming(sheet), _currency(sheet)
    style, described, has_sections = choice(('apart', 'apart', 'leader', 'joined', 'below', 'price first')), chance(.15), chance(.65)
    price_x = choice((.55, .75, .95))
    dots = choice(('.', '…', '·', '. ', '-'))
    for _ in range(choice((1, 2, 3, 4))):
        if has_sections:
            sheet.row((_section(sheet), *choice(((.02, 'l'), (.5, 'c'))), 1.3), gap=1.4)
        for _ in range(randint(2, 7)):
            name, cost = _priced(sheet, naming, printed)
            shown, cost = naming.numbered(name), before + cost + after
            if style == 'apart':
                sheet.row((shown, .02), (cost, price_x, 'r'))
            elif style == 'leader':
                sheet.row((shown + dots * randint(3, 14) + cost, .02))
            elif style == 'joined':
                sheet.row((shown + choice(('  ', ' ', '：' if sheet.is_chinese else ': ')) + cost, .02))
            elif style == 'below':
                sheet.row((shown, .02))
                sheet.row((cost, .02), gap=.9)
            else:
                sheet.row((cost, .02), (shown, .2))
            if described and chance(.7):
                sheet.row((_description(sheet), .03, 'l', .8), gap=.8)


def _column_lines(sheet, naming, printed, before, after, x, is_joined):
    """The lines of one of two columns: lists of cells."""
    lines = []
    for _ in range(choice((1, 1, 2))):
        if chance(.6):
            lines.append([(_section(sheet), x, 'l', 1.3)])
        for _ in range(randint(2, 6)):
            name, cost = _priced(sheet, naming, printed)
            shown, cost = naming.numbered(name), before + cost + after
            lines.append([(shown + ' ' + '.' * choice((0, 3, 6)) + cost, x)] if is_joined else [(shown, x), (cost, x + .42, 'r')])
    return lines


def _two_columns(sheet, printed):
    """Columns beside each other, of different lengths and with their own sections."""
    naming, (before, after), is_joined = _Naming(sheet), _currency(sheet), chance(.3)
    left = _column_lines(sheet, naming, printed, before, after, .02, is_joined)
    right = _column_lines(sheet, naming, printed, before, after, .54, is_joined)
    for i in range(max(len(left), len(right))):
        sheet.row(*(left[i] if i < len(left) else ()), *(right[i] if i < len(right) else ()))


def _with_sizes(sheet, printed):
    """Two or three prices a dish: a table, not items with a price."""
    naming, (before, _) = _Naming(sheet), _currency(sheet)
    sizes = either(sheet.is_chinese, '小份,大份|中杯,大杯|半只,整只|小,中,大|热,冰|例牌,大份|会员价,原价', 'Small,Large|S,M,L|Hot,Cold|Half,Full|Regular,Large|6",12"|'
                   'Glass,Bottle').split(',')
    columns = [either(sheet.is_chinese, '品名|菜品|名称|饮品', 'Item|Dish|Name|Drinks'), *sizes]
    places = (.62, .95) if len(sizes) == 2 else (.55, .75, .95)
    columns = [sheet.seen(column) for column in columns]
    sheet.row((columns[0], .02), *[(size, x, 'r') for size, x in zip(columns[1:], places)])
    rows = []
    for i in range(randint(3, 10)):
        if i and chance(.12):
            sheet.row((_section(sheet), .02, 'l', 1.3))
        cost, name, costs = price(), naming.name(), []
        for _ in sizes:
            costs.append(sheet.seen(printed(cost)))
            cost = cost * choice((1.2, 1.3, 1.5, 2)) + 1
        rows.append([name, *costs])
        sheet.row((naming.numbered(name), .02), *[(before + text, x, 'r') for text, x in zip(costs, places)])
    sheet.tables.append(Table(columns, rows, ['name'] + ['num'] * len(sizes)))
