"""Chinese till receipts: supermarket, restaurant, pharmacy, milk tea, and the card terminal's slip."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, weighted
from ..lexicon import chinese
from ..sheet import Cell, Sheet
from ..values import chinese_address, chinese_company, chinese_name, code, day, money, phone, price, time
from .parts_bills import FULL_CHINESE_DATES, amount_style, masked_card, put_lines, tendered
from .parts_till import junk, transaction_line, varieties

_TOTAL = '合计|合计|总计|应付|实付|应付金额|实收金额|应收|合计金额|总金额|支付金额|实付金额|应收金额|应付合计|消费合计|合计(元)|总额|本单合计|实收|实付款|实际支付|金额合计|应付总额|结账金额|付款金额|应收合计|总计金额|需付|折后金额|折后合计|人民币合计'.split('|')
_SUBTOTAL = '小计|商品小计|原价合计|消费金额|商品总额|菜品合计|原价|原价金额|商品合计|菜品小计|品项合计'.split('|')
_DISCOUNT = '优惠|优惠金额|折扣|会员优惠|折扣金额|优惠合计|满减|整单折扣|已优惠|让利|店铺优惠|代金券'.split('|')
_PAYMENTS = '微信支付|支付宝|现金|银行卡|会员余额|云闪付|微信|储值卡|美团支付|数字人民币|医保卡|抖音团购|刷卡|信用卡|花呗'.split('|')
_THANKS = '谢谢惠顾|欢迎下次光临|请保留小票|如需发票请扫码|凭小票7日内退换|多谢光临|请妥善保管此小票|扫码关注公众号|开票请在7日内办理|祝您购物愉快|退换货请携带小票|投诉电话|本小票当日有效|祝您用餐愉快'.split('|')
_UNITS = '个份盒袋瓶杯件斤包支碗只条'


class Kind:
    """What distinguishes the receipts of one trade."""

    def __init__(self, titles, numbers, sizes, details):
        self.titles, self.numbers, self.sizes, self.details = titles.split('|'), numbers.split('|'), sizes.split('|'), details


_PEOPLE = ('cashier', '收银员|操作员|收款员|营业员|收银|工号', lambda: choice((chinese_name(), digits(4), digits(3), chinese_name())))
_TILL = ('label:', '机号|收银机|款台|POS号|终端号|门店编号|店号', lambda: choice((digits(2), digits(4), letters_digits(4))))
_MEMBER = ('memberno', '会员卡号|会员号|卡号|会员手机', lambda: choice((digits(11), f'{digits(3)}****{digits(4)}')))
_KINDS = {
    'supermarket': Kind('销售小票|欢迎光临|收银小票|购物小票|电脑小票', '单号|流水号|小票号|交易号|票号|交易流水|No|序号', '|{}g|{}ml|({}g)|{}kg|*{}', [_PEOPLE, _TILL, _MEMBER]),
    'restaurant': Kind('结账单|预结单|客户联|消费清单|对账单|点菜单|结算单', '单号|账单号|订单号|流水号|帐单编号|开台单号', '||(大)|(小)|(例)|/份|(微辣)', [
        ('table', '桌号|台号|桌台|桌位|餐台', lambda: choice((digits(2), choice('ABC') + digits(2), chinese(2, 2) + digits(1), f'大厅{digits(2)}'))),
        ('label:', '人数|客数|就餐人数', lambda: digits(1)), ('cashier', '服务员|收银员|点菜员|开单人|操作员', chinese_name), ('label:', '餐段|市别|餐别', lambda: choice('早中晚') + '餐')]),
    'pharmacy': Kind('销售凭证|销售小票|药品销售单|购药凭证', '销售单号|流水号|小票号|单据号|凭证号', '片 {}g|胶囊|颗粒 {}g|口服液 {}ml|丸|软膏 {}g|', [
        _PEOPLE, _MEMBER, ('label:', '药师|执业药师', chinese_name), ('label:', '医保类型|医保', lambda: choice(('自费', '职工', '居民')))]),
    'milk tea': Kind('外带|堂食|自取单|外卖单|取餐单', '订单号|单号|取单号|流水号', '(大杯)|(中杯)|(少糖)|(去冰)|(热)|(七分糖)|', [
        ('label:', '取餐号|取茶号|叫号', lambda: choice((f'{digits(3)}', f'{choice("ABT")}{digits(3)}'))),
                                                                                               ('cashier', '收银员|店员', lambda: choice((chinese_name(),
                                                                                                   digits(3)))), _MEMBER,
        ('label:', '就餐方式|类型', lambda: choice(('堂食', '外带', '打包')))])}


def compose():
    sheet = Sheet(True, 'receipt_chinese')
    kind = weighted((('supermarket', 32), ('restaurant', 28), ('pharmacy', 13), ('milk tea', 14), ('card', 13)))
    varied = varieties(kinds=('till', 'junk', 'totals'))
    if kind == 'card':
        _card_slip(sheet)
    else:
        _purchase(sheet, _KINDS[kind], varied)
    if 'junk' in varied:
        junk(sheet)
    return sheet


def _purchase(sheet, kind, varied):
    """`varied`: the kinds of parts_till.KINDS to show."""
    _head(sheet, kind)
    is_late, has_date = chance(.2), 'till' not in varied
    line_at = None if has_date else choice(('head', 'sums', 'end'))
    if line_at == 'head':
        transaction_line(sheet)
    if not is_late:
        _details(sheet, kind, has_date)
    gross, quantity = _items(sheet, kind)
    _sums(sheet, gross, quantity)
    if 'totals' in varied:
        _repeats(sheet, quantity)
    if line_at == 'sums':
        transaction_line(sheet)
    if is_late:
        _details(sheet, kind, has_date)
    _foot(sheet)
    if line_at == 'end':
        transaction_line(sheet)


def _head(sheet, kind):
    if chance(.12):
        sheet.row((choice(kind.titles + ['*补打*', '欢迎光临', f'#{digits(3)}', '顾客联']), .5, 'c', 1.3))
    name = chinese_company()
    align, x = choice((('c', .5), ('c', .5), ('c', .5), ('l', .02)))
    prefix = choice(('商户名称：', '店名:', '门店：', '门店名称：', '商户:')) if chance(.2) else ''
    width = choice((60, 60, 60, 12, 9))
    if chance(.1):  # a brand above the name
        sheet.row((sheet.seen(choice((chinese(2, 3), name[:2], letters_digits(3)))), x, align, 1.8))
    put_lines(sheet, 'company', [name[i:i + width] for i in range(0, len(name), width)], x, align, choice((1, 1, 1.4)), prefix)
    if chance(.15):
        shop = choice((f'({chinese(2, 3)}店)', f'{chinese(2, 3)}店', f'{chinese(2, 3)}分店', f'门店:{chinese(2, 3)}店'))
        sheet.row((sheet.seen(shop), x, align))
    if chance(.45):
        sheet.row((choice(kind.titles), .5, 'c', choice((1, 1.3))))


def _contacts(sheet):
    if chance(.45):
        prefix, text, width = choice(('地址：', '', '门店地址:', '地址:', '店址：')), chinese_address(), randint(12, 24)
        put_lines(sheet, 'address', [text[i:i + width] for i in range(0, len(text), width)], .02, 'l', 1, prefix)
    if chance(.45):
        sheet.pair('phone', choice(('电话', '联系电话', 'TEL', '服务热线', '订餐电话', '门店电话', '客服电话')), phone(True))


def _date(sheet):
    """One date, sometimes a second one that is not the purchase's."""
    day_text, time_text = sheet.seen(choice(FULL_CHINESE_DATES[:9])(*day())), sheet.seen(time())
    label = choice(('日期', '交易时间', '时间', '下单时间', '结账时间', '打印时间', '交易日期', '消费时间', '销售时间', '日期时间', '收款时间', '结帐时间', ''))
    separator = sheet.separator if label else ''
    sheet.put('date', day_text, label or None)
    kind = weighted((('together', 60), ('beside', 18), ('alone', 14), ('among codes', 8)))
    if kind != 'alone':
        sheet.put('time', time_text)
    if kind == 'together':
        between = choice((' ', ' ', '  ', ''))
        sheet.put('datetime', day_text + between + time_text, label or None)
        sheet.row((label + separator + day_text + between + time_text, choice((.02, .02, .02, .5)), 'l'))
    elif kind == 'beside':
        sheet.row(('日期' + sheet.separator + day_text, .02), ('时间' + sheet.separator + time_text, .55))
    elif kind == 'among codes':
        sheet.row((choice((digits(4), f'{digits(2)}号机', letters_digits(5))), .02), (day_text, .3), (time_text, .6), (digits(5), .98, 'r'))
    else:
        sheet.row((label + separator + day_text, .02))


def _number(sheet, kind):
    if chance(.85):
        sheet.pair('invno', choice(kind.numbers), code() if chance(.6) else digits(randint(6, 18)))


def _details(sheet, kind, has_date=True):
    sheet.style = choice(('one', 'one', 'two', 'right'))
    printers = [lambda: _contacts(sheet), *([lambda: _date(sheet)] if has_date else []), lambda: _number(sheet, kind)]
    printers += [lambda triple=triple: _detail(sheet, triple) for triple in kind.details if chance(.5)]
    shuffle(printers)
    for printer in printers:
        printer()


def _detail(sheet, triple):
    key, labels, make = triple
    label = choice(labels.split('|'))
    sheet.pair('label:' + label if key == 'label:' else key, label, make())


# -- goods

_HEADINGS = {'columns': (('品名', '数量', '单价', '金额'), ('商品名称', '数量', '单价', '小计'), ('菜品', '份数', '价格', '金额'), ('名称', '数量', '售价', '合计')),
             'short': (('商品', '数量', '金额'), ('菜名', '数量', '小计'), ('名称', '数量', '价格'), ('品名', '数量', '金额'))}


def _items(sheet, kind):
    """Prints the goods in one of six styles; returns (their sum, their number)."""
    style = choice(('columns', 'columns', 'short', 'short', 'code below', 'code above', 'calculation', 'numbered'))
    ruler = choice('-=*') * 30 if chance(.25) else ''
    sheet.row((ruler, .5, 'c'))
    if chance(.85):
        headings = choice(_HEADINGS['columns' if style in ('columns', 'code above', 'numbered') else 'short'])
        places = (.02, .5, .7, .98) if len(headings) == 4 else (.02, .6, .98)
        sheet.row(*[Cell(text, place, 'r' if place > .9 else 'l') for text, place in zip(headings, places)])
    unit, times, currency = choice(('', '', '', choice(_UNITS))), choice(('x', '×', 'X', '', '*')), choice(('', '', '', '¥', '￥'))
    total, quantity = 0., 0
    for number in range(1, choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12)) + 1):
        name = sheet.seen(chinese(2, 6) + choice(kind.sizes).format(randint(1, 900)))
        amount_of = weighted(((1, 60), (2, 20), (3, 7), (randint(1, 20), 13)))
        each = price() % 300 or 1.
        each = round(each, 2)
        line_total = round(amount_of * each, 2)
        texts = (sheet.seen(str(amount_of)), sheet.seen(money(each, False)), sheet.seen(money(line_total, False)))
        has_price = _item(sheet, style, name, texts, number, (unit, times, currency))
        sheet.items.append({'name': name, 'qty': texts[0]} | ({'price': texts[1]} if has_price else {}) | {'amount': texts[2]})
        if chance(.04):
            sheet.row((sheet.seen(choice(('加:', '备注:', '- ', '规格:')) + chinese(2, 4)), .06), gap=.9)
        total, quantity = total + line_total, quantity + amount_of
    sheet.row((ruler, .5, 'c'))
    return round(total, 2), quantity


def _item(sheet, style, name, texts, number, printing):
    """Prints one line; says whether its unit price was printed."""
    quantity, each, amount = texts
    unit, times, currency = printing
    if style == 'columns':
        sheet.row((name, .02), (quantity + unit, .52), (each, .76, 'r'), (currency + amount, .98, 'r'))
    elif style == 'short':
        sheet.row((name, .02), (times + quantity + unit if times else quantity, .6), (currency + amount, .98, 'r'))
        return False
    elif style == 'code below':
        sheet.row((name, .02))
        sheet.row((digits(choice((6, 8, 13))), .05), (f'{quantity}*{each}', .5), (currency + amount, .98, 'r'))
    elif style == 'code above':
        sheet.row((digits(13), .02), (name, .34))
        sheet.row((quantity + unit, .52), (each, .76, 'r'), (currency + amount, .98, 'r'))
    elif style == 'calculation':
        sheet.row((name, .02), (f'{each}x{quantity}', .62, 'r'), (currency + amount, .98, 'r'))
    else:
        sheet.row((f'{number}.{name}', .02), (quantity, .52), (each, .76, 'r'), (currency + amount, .98, 'r'))
    return True


# -- sums

def _sums(sheet, gross, quantity):
    style, used = amount_style(True), set()
    net = gross

    def line(key, labels, value, prefix=None):
        label = choice(labels)
        if label not in used:
            used.add(label)
            style.line(sheet, key, label, value, prefix=prefix)

    total_label = choice(_TOTAL)
    used.add(total_label)
    if chance(.3):
        line('qtytotal', ('数量合计', '总件数', '件数', '总数量', '共计件数', '商品数量', '数量'), str(quantity), prefix='')
    if chance(.4):
        line('subtotal', _SUBTOTAL, gross)
    if chance(.33):
        discount = round(min(gross * .5, price() % 50), 2)
        net = round(gross - discount, 2)
        line('discount', _DISCOUNT, style.negative(discount))
    if chance(.1):
        fee = float(randint(1, 10))
        net = round(net + fee, 2)
        label = choice(('餐具费', '打包费', '茶位费', '服务费', '纸巾'))
        line({'打包费': 'packingfee', '服务费': 'service'}.get(label, 'label:' + label), (label,), fee)
    if chance(.1):
        rest = round(net - int(net * 10) / 10, 2)
        line('rounding', ('抹零', '舍入', '零头'), style.negative(rest) if rest else '0.00')
        net = round(net - rest, 2)
    total = style.line(sheet, 'total', total_label, net, choice((1, 1, 1.3, 1.6)))
    _payment(sheet, style, line, net, total)


def _payment(sheet, style, line, net, total):
    if chance(.68):
        kind = choice(('cash', 'method', 'method amount'))
        if kind == 'cash':
            paid = tendered(net)
            line('cash', ('现金', '收款', '付款', '收现', '现金支付', '收您', '顾客付款'), paid)
            line('change', ('找零', '找赎', '找回', '应找'), round(paid - net, 2))
        elif kind == 'method':
            line('pay', ('支付方式', '付款方式', '结算方式', '收款方式'), choice(_PAYMENTS), prefix='')
        else:  # the method is the label of an amount
            method = choice(_PAYMENTS)
            before, sheet.style = sheet.style, 'right'
            sheet.row((method, style.x), (style.currency + total, .98, 'r'))
            sheet.style = before
            sheet.put('pay', method)
    sheet.style = choice(('one', 'two'))
    if chance(.15):
        sheet.pair('points', choice(('本次积分', '积分', '获得积分', '新增积分')), digits(randint(1, 3)), value_x=.5)
    if chance(.08):
        label = choice(('累计积分', '可用积分'))
        sheet.pair('label:' + label, label, digits(randint(3, 5)), value_x=.5)
    if chance(.08):
        sheet.pair('balance', choice(('卡余额', '余额', '会员余额')), money(price(), False), value_x=.5)


def _repeats(sheet, quantity):
    """Lines below the total that name it again or carry another amount."""
    total, used = sheet.fields['total'], {label.lower() for label in sheet.labels.values()}
    count = sheet.fields.get('qtytotal') or sheet.seen(str(quantity))
    saved = sheet.fields.get('discount') or money(randint(1, 90) * .1, False)
    lines = [('qtytotal', choice(('合计数量', '总数量', '共计件数')), count), (None, choice(('已为您节省', '本次节省', '共优惠')), saved),
             (None, choice(('总计', '实收', '消费金额', '应收')), total), (None, choice(('银联卡', '交易金额', '刷卡金额', '支付')), total)]
    shuffle(lines)
    for key, label, text in lines[:randint(1, 3)]:
        if label in used:
            continue
        label, size = sheet.seen(label), choice((.8, 1, 1, 1.6))
        if key:
            sheet.put(key, text, label or None)
        if chance(.5):
            sheet.row((label, .02, 'l', size), (text, .98, 'r', size))
        else:
            sheet.row((label + choice((':', '：', ' ')) + choice(('', '¥')) + text, choice((.02, .3)), 'l', size))


def _foot(sheet):
    for _ in range(choice((0, 1, 1, 2, 3))):
        text = choice(_THANKS) if chance(.7) else choice((chinese(4, 10), f'{digits(13)}', f'http://t.cn/{letters_digits(6)}',
                                                          f'活动至2{digits(3)}年{randint(1, 12)}月31日', phone(True)))
        sheet.row((sheet.seen(text), .5, 'c'))


# -- the card terminal's slip

def _card_slip(sheet):
    """签购单: merchant, terminal, card, codes, one amount."""
    sheet.row((choice(('POS签购单', '银联商务', '签购单', 'POS SALES SLIP', '中国银联', '商户存根', '持卡人存根')), .5, 'c', 1.4))
    day_text, time_text = sheet.seen(choice(FULL_CHINESE_DATES[2:5])(*day())), sheet.seen(f'{randint(0, 23):02d}:{randint(0, 59):02d}:{randint(0, 59):02d}')
    sheet.style = choice(('one', 'one', 'two', 'above', 'right'))
    lines = [('company', '商户名称|商户名|商户名称(MERCHANT NAME)', chinese_company()), ('label:', '商户编号|商户号|商户编号(MERCHANT NO)', digits(15)),
             ('label:', '终端编号|终端号|终端号(TERMINAL NO)', digits(8)), ('cashier', '操作员号|操作员', digits(2)),
             ('label:', '卡号|卡号(CARD NO)|银行卡号', masked_card() + choice((' /C', '', ' (I)'))),
             ('bank', '发卡行|发卡银行|发卡机构', choice(('工商银行', '建设银行', '农业银行', '招商银行', '中国银行', '交通银行', '民生银行'))),
             ('label:', '收单行|收单机构', choice(('银联商务', '拉卡拉', '通联支付', chinese(2, 2) + '银行'))),
             ('type', '交易类型|交易类别|交易类型(TRANS TYPE)', choice(('消费', '消费(SALE)', '预授权完成', '退货', '撤销'))),
             ('label:', '批次号|批次号(BATCH NO)', digits(6)), ('label:', '凭证号|凭证号(VOUCHER NO)', digits(6)), ('label:', '授权码|授权码(AUTH NO)', digits(6)),
             ('refno', '参考号|交易参考号|系统参考号|检索参考号', digits(12)), ('label:', '有效期|卡有效期', f'20{randint(25, 35)}/{randint(1, 12):02d}')]
    kept = [line for line in lines if chance(.72) or line[0] == 'company']
    if chance(.3):
        shuffle(kept)
    moment = randint(len(kept) // 2, len(kept))
    for i, (key, labels, value) in enumerate(kept):
        if i == moment:
            _slip_moment(sheet, day_text, time_text)
        label = choice(labels.split('|'))
        sheet.pair('label:' + label if key == 'label:' else key, label, value, value_x=.42)
    if moment == len(kept):
        _slip_moment(sheet, day_text, time_text)
    amount = money(price(), chance(.5))
    sheet.pair('total', choice(('金额', '交易金额', '金额(AMOUNT)', '消费金额', '总计', '金额(RMB)')), amount, value_x=.42, size=choice((1, 1.4)),
               glue=choice(('RMB ', 'RMB:', '¥', '', 'RMB')))
    for text in ('备注', '持卡人签名', choice(('本人确认以上交易', '同意将其记入本卡账户', '交易金额不足300元无需签名'))):
        if chance(.6):
            sheet.row((text, .02))
    _foot(sheet)
    return sheet


def _slip_moment(sheet, day_text, time_text):
    label = choice(('日期/时间', '交易时间', '日期时间', '日期/时间(DATE/TIME)', '交易日期'))
    sheet.put('date', day_text)
    sheet.put('time', time_text)
    sheet.put('datetime', f'{day_text} {time_text}', label)
    sheet.row((f'{label}{sheet.separator}{day_text} {time_text}', .02))
