"""Chinese VAT invoices: special, ordinary, electronic, fully digital and on a roll, with buyer and seller side by side or stacked."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, weighted
from ..lexicon import PLACES, chinese
from ..sheet import Cell, Sheet
from ..values import CHINESE_DATES, chinese_address, chinese_company, chinese_name, code, day, money, phone, price
from .parts_bills import capital_amount, credit_code, put_lines

_DATES = [CHINESE_DATES[0], CHINESE_DATES[0], lambda y, m, d: f'{y}年 {m:02d}月 {d:02d}日', lambda y, m, d: f'{y} 年 {m:02d} 月 {d:02d} 日', CHINESE_DATES[2],
          CHINESE_DATES[1]]
_TITLES = {'paper': ('增值税专用发票', '增值税普通发票', '增值税专用发票', '通用机打发票'), 'electronic': ('增值税电子普通发票', '增值税电子专用发票', '增值税电子普通发票'),
           'digital': ('电子发票（普通发票）', '电子发票（增值税专用发票）', '电子发票(普通发票)'), 'roll': ('增值税普通发票', '增值税普通发票（卷票）', '通用定额发票', '机打发票')}
_UNITS = '个台件套只次箱盒本张米吨项批瓶'
_NOTES = ('发票联', '抵扣联', '记账联', '第二联', '国家税务总局监制', '全国统一发票监制章', '下载次数：1', '本发票仅供参考')


def compose():
    sheet = Sheet(True, 'invoice_chinese')
    kind = weighted((('paper', 34), ('electronic', 26), ('digital', 28), ('roll', 12)))
    title = choice(_TITLES[kind])
    if kind in ('paper', 'electronic') and chance(.5):
        title = choice(PLACES) + title
    sheet.title('title', title)
    if chance(.2):
        sheet.row((choice(_NOTES), choice((.5, .8)), 'c'))
    if kind == 'roll':
        _roll(sheet)
    else:
        _sheet_form(sheet, kind)
    return sheet


def _sheet_form(sheet, kind):
    _numbers(sheet, kind)
    names = choice((('购买方', '销售方'), ('购买方', '销售方'), ('购方', '销方'), ('购货单位', '销货单位'), ('购买方信息', '销售方信息'), ('受票方', '开票方')))
    buyer, seller = _party('buy', kind), _party('sell', kind)
    beside = chance(.75 if kind == 'digital' else .2)
    if beside:
        _side_by_side(sheet, names, buyer, seller)
    else:
        _party_block(sheet, names[0], buyer)
        if chance(.2):
            _cipher(sheet)
    seller_late = not beside and chance(.88)
    if not beside and not seller_late:
        _party_block(sheet, names[1], seller)
    _sums(sheet, *_items(sheet))
    if seller_late:
        _party_block(sheet, names[1], seller)
    if chance(.5):
        sheet.style = 'one'
        text = choice((chinese(4, 8), code(), '订单号' + digits(8), f'合同号：{code()}', f'购方开户银行：{chinese(2, 2)}银行；银行账号：{digits(16)}', f'{chinese(2, 4)}{digits(6)}'))
        sheet.pair('remark', choice(('备注', '备 注', '备注')), text, choice((.02, .6)))
    _people(sheet, kind)


def _numbers(sheet, kind):
    """Code, number, date and machine, in the upper right or left corner, stacked or beside each other."""
    found = [('fpdm', '发票代码', digits(choice((10, 12)))), ('invno', choice(('发票号码', '发票号码', '发票号码', 'No', '号码', 'No.')), digits(20 if kind == 'digital' else 8)),
             ('date', choice(('开票日期', '开票日期', '开票日期', '日期', '填开日期')), choice(_DATES)(*day())),
             ('jym', '校验码', choice((digits(20), ' '.join(digits(5) for _ in range(4))))), ('jqbh', choice(('机器编号', '机器编码')), digits(12))]
    if kind == 'digital':
        found = found[1:3]
    found = [triple for triple in found if chance(.93 if triple[0] in ('invno', 'date') else .7)]
    if chance(.3):
        shuffle(found)
    if chance(.2) and len(found) > 1:
        return _numbers_beside(sheet, found)
    sheet.style, x = choice(('one', 'one', 'one', 'two')), choice((.62, .62, .7, .02))
    for key, label, value in found:
        if key == 'invno' and chance(.08):  # the paper's printed number, without a label
            text = sheet.seen(value)
            sheet.put('invno', text)
            sheet.row((choice(('№ ', 'No ', '')) + text, x, 'l', 1.3))
        else:
            sheet.pair(key, label, value, x, x + .14)


def _numbers_beside(sheet, found):
    for start in range(0, len(found), 2):
        cells = []
        for i, (key, label, value) in enumerate(found[start:start + 2]):
            label, value = sheet.seen(label), sheet.seen(value)
            sheet.put(key, value, label)
            cells.append(Cell(label + sheet.separator + value, .02 + .5 * i))
        sheet.row(*cells)


# -- buyer and seller

def _bank():
    return choice(PLACES) + choice(('工商银行', '建设银行', '农业银行', '招商银行', '中国银行', '交通银行', '民生银行', '农村商业银行')) + chinese(2, 3) + choice(('支行', '支行', '分行', '营业部'))


def _party(prefix, kind):
    """(key, label, value) of one party: name, tax number, address and bank; sometimes address and telephone, bank and account apart."""
    is_person = prefix == 'buy' and chance(.1)
    name = ('个人' if chance(.3) else chinese_name()) if is_person else chinese_company()
    found = [(prefix + 'name', choice(('名称', '名称', '名 称', '单位名称', '名    称')), name)]
    if not is_person:
        found.append((prefix + 'tax', choice(('纳税人识别号', '统一社会信用代码/纳税人识别号', '税号', '纳税人识别号')), credit_code()))
    if kind == 'digital' or is_person:
        return found
    if chance(.65):
        found.append((prefix + 'addr', choice(('地址、电话', '地址电话', '地 址、电 话', '地址、 电话')), chinese_address() + choice(('', ' ', '  ')) + phone(True)))
    if chance(.6):
        found.append((prefix + 'bank', choice(('开户行及账号', '开户行及帐号', '开户行及账号', '开户银行、账号')), _bank() + choice(('', ' ')) + digits(choice((12, 16, 19)))))
    return found


def _party_block(sheet, name, party):
    """One party below its name, or beside its name printed from top to bottom."""
    sheet.style = 'one' if chance(.85) else 'two'
    separator = choice(('：', ':', '： '))
    how = weighted((('above', 55), ('downwards', 25), ('prefix', 12), ('none', 8)))
    if how == 'above':
        sheet.row((name, .02))
    for i, (key, label, value) in enumerate(party):
        if how == 'prefix':  # 购买方名称：…
            label = name.replace('信息', '') + label.replace(' ', '')
        row = len(sheet.rows)
        sheet.pair(key, label, value, .08 if how == 'downwards' else choice((.02, .04)), .28, separator=separator)
        if how == 'downwards' and i < len(name):
            characters = name[i] if i < len(party) - 1 else name[i:]
            sheet.rows[row].cells.insert(0, Cell(characters, .02))


def _side_by_side(sheet, names, buyer, seller):
    """Both parties beside each other; the names stand above or run down the edges."""
    downwards = chance(.4)
    separator = choice(('：', ':', '： '))
    if not downwards:
        sheet.row((names[0], .02), (names[1], .52))
    for i in range(max(len(buyer), len(seller))):
        cells = []
        for party, name, left in ((buyer, names[0], .02), (seller, names[1], .52)):
            if downwards and i < len(name):
                cells.append(Cell(name[i] if i < len(party) - 1 else name[i:], left))
            if i < len(party):
                key, label, value = party[i]
                label, value = sheet.seen(label), sheet.seen(value)
                sheet.put(key, value, label)
                cells.append(Cell(label + separator + value, left + (.06 if downwards else .01)))
        sheet.row(*cells)


def _cipher(sheet):
    """The password area of paper invoices."""
    for _ in range(randint(2, 4)):
        sheet.row((''.join(choice('0123456789+-*/<>') for _ in range(randint(18, 28))), .55))


# -- goods and sums

def _items(sheet):
    """The table of goods; returns (sum without tax, tax)."""
    headings = [choice(('货物或应税劳务、服务名称', '项目名称', '货物或应税劳务名称', '商品名称')), '规格型号', '单位', '数量', '单价', choice(('金额', '金额', '金 额')), choice(('税率', '税率/征收率', '税率')),
                choice(('税额', '税 额'))]
    places = (.02, .25, .38, .46, .55, .68, .8, .93)
    shows = [True, chance(.85), chance(.9), True, True, True, True, True]
    sheet.row(*[Cell(text, place) for text, place, shown in zip(headings, places, shows) if shown])
    rate, net, tax = choice((.13, .13, .06, .06, .03, .09, .01)), 0., 0.
    for _ in range(choice((1, 1, 1, 2, 2, 3, 4, 6))):
        count, each = choice((1, 1, 1, 2, 5, 10, randint(1, 100))), price()
        is_long = chance(.3)  # unit prices with all their decimals
        each_text = f'{each / 1.13:.8f}'.rstrip('0') if is_long else money(each, False)
        amount = round(count * (float(each_text) if is_long else each), 2)
        share = round(amount * rate, 2)
        item = _item(sheet, shows, places, str(count), each_text, amount, rate, share)
        sheet.items.append(item)
        net, tax = net + amount, tax + share
        if chance(.05):  # a discount line under the goods
            less, less_tax = round(amount * .1, 2), round(amount * .1 * rate, 2)
            sheet.row((item['name'], .02), (f'-{money(less, False)}', places[5]), (f'{rate * 100:.0f}%', places[6]), (f'-{money(less_tax, False)}', places[7]))
            net, tax = net - less, tax - less_tax
    return round(net, 2), round(tax, 2)


def _item(sheet, shows, places, count, each, amount, rate, share):
    name = sheet.seen(f'*{chinese(2, 4)}*{chinese(2, 5)}' if chance(.85) else chinese(3, 6))
    item = {'name': name, 'qty': sheet.seen(count), 'price': sheet.seen(each), 'amount': sheet.seen(money(amount, False)),
            'tax': sheet.seen(money(share, False))}
    model = sheet.seen(choice((letters_digits(randint(2, 6)), code()[:8], f'{randint(1, 500)}ml'))) if chance(.5) else ''
    texts = [name, model, choice(_UNITS) if chance(.85) else '', item['qty'], item['price'], item['amount'], f'{rate * 100:.0f}%', item['tax']]
    rest = ''
    if len(name) > 8 and chance(.3):
        texts[0], rest = name[:8], name[8:]
    sheet.row(*[Cell(text, place) for text, place, shown in zip(texts, places, shows) if shown and text])
    sheet.row((rest, .02), gap=.8)
    return item


def _sums(sheet, net, tax):
    """合计 with amount and tax, then 价税合计 in capitals and figures."""
    currency = choice(('¥', '￥', '¥', '', '¥ '))
    net_text, tax_text = sheet.seen(money(net, False)), sheet.seen(money(tax, False))
    sheet.put('subtotal', net_text)
    sheet.put('tax', tax_text)
    sheet.row((choice(('合计', '合 计', '合　计')), choice((.02, .05, .1))), (currency + net_text, .66), (currency + tax_text, .9))
    capital, total = sheet.seen(capital_amount(net + tax)), sheet.seen(money(net + tax, False))
    label = sheet.seen(choice(('价税合计（大写）', '价税合计(大写)', '价税合计（大写）', '价税合计 (大写)')))
    sheet.put('total', total)
    sheet.put('totalcap', capital, label)
    mark = choice(('', '', '⊗', '○'))
    small = choice(('（小写）', '(小写)', '（小写）', '小写：'))
    if chance(.7):
        sheet.row((label, .05), (mark + capital, .3), (small + currency + total, .65))
    else:
        sheet.row((label, .05), (mark + capital, .3), (small, .65), (currency + total, .78))


def _people(sheet, kind):
    found = [('payee', '收款人', chinese_name()), ('review', choice(('复核', '复核', '复核人')), chinese_name()), ('drawer', '开票人', chinese_name())]
    found = found[2:] if kind == 'digital' else [triple for triple in found if chance(.8)]
    separator, cells = choice(('：', ':', '： ')), []
    for i, (key, label, value) in enumerate(found):
        value = sheet.seen(value)
        sheet.put(key, value, label)
        cells.append(Cell(label + separator + value, .05 + .3 * i))
    if cells and kind != 'digital' and chance(.6):
        cells.append(Cell(choice(('销售方：（章）', '销货单位:(章)', '销售方(章)')), .9))
    sheet.row(*cells)


# -- on a roll

def _roll(sheet):
    """The narrow invoice a till prints."""
    sheet.style = choice(('one', 'one', 'two'))
    stamp = choice(_DATES[:2] + _DATES[4:])(*day())
    found = [('fpdm', '发票代码', digits(12)), ('invno', '发票号码', digits(8)), ('jqbh', '机器编号', digits(12)), ('date', '开票日期', stamp),
             ('drawer', choice(('收款员', '开票人')), chinese_name()),
             ('sellname', '销售方名称', chinese_company()), ('selltax', choice(('税号', '纳税人识别号', '销售方税号')), credit_code()),
             ('buyname', '购买方名称', chinese_company() if chance(.7) else '个人'),
             ('buytax', choice(('购买方税号', '纳税人识别号')), credit_code())]
    for key, label, value in found:
        if chance(.88):
            if key in ('sellname', 'buyname') and chance(.3):
                width = randint(8, 14)
                put_lines(sheet, key, [value[i:i + width] for i in range(0, len(value), width)], .02, 'l', prefix=label + sheet.separator)
            else:
                sheet.pair(key, label, value, value_x=.4)
    total = 0.
    sheet.row(('项目', .02), ('单价', .45), ('数量', .65), ('金额', .98, 'r'))
    for _ in range(choice((1, 1, 2, 3, 4))):
        count, each = choice((1, 1, 2, randint(1, 9))), price()
        item = {'name': sheet.seen(chinese(2, 6)), 'qty': str(count), 'price': sheet.seen(money(each, False)), 'amount': sheet.seen(money(count * each, False))}
        sheet.items.append(item)
        sheet.row((item['name'], .02), (item['price'], .45), (item['qty'], .65), (item['amount'], .98, 'r'))
        total += round(count * each, 2)
    glue = choice(('¥', '￥', ''))
    sheet.pair('total', choice(('合计金额(小写)', '合计（小写）', '金额合计（小写）')), money(total, False), value_x=.5, glue=glue)
    sheet.pair('totalcap', choice(('合计金额(大写)', '合计（大写）', '金额合计（大写）')), capital_amount(total), value_x=.5)
    if chance(.6):
        sheet.pair('jym', '校验码', digits(20), value_x=.3)
