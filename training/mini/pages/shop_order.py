"""An order in an online shop: its state, who receives it, the goods, when it was paid, how it travels."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, some
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import address, company, date_form, day, person, phone, price, time
from .known_fields import value_of
from .parts_common import either, extras, footer, price_form
from .parts_forms import pairs


def compose():
    sheet = Sheet(chance(.75), 'shop_order')
    if chance(.3):
        sheet.title('title', either(sheet.is_chinese, '订单详情|我的订单|订单信息', 'Order Details|Your Order|Order Summary'), 1.2)
    if chance(.75):
        status = either(sheet.is_chinese, '卖家已发货|交易成功|待付款|待收货|等待卖家发货|已签收|交易关闭|运输中|退款成功', 'Shipped|Delivered|Processing|To pay|Cancelled|Out for delivery|'
                        'Completed')
        if chance(.3):
            sheet.style = 'one'
            sheet.pair('status', either(sheet.is_chinese, '订单状态|状态', 'Order status|Status'), status)
        else:
            sheet.title('status', status, 1.4, .02, 'l')
    blocks = [_parcel, _recipient, _goods, _times]
    if chance(.3):
        shuffle(blocks)
    for block in blocks:
        block(sheet)
    footer(sheet, '查看物流|确认收货|申请开票|你可能还喜欢|联系卖家|加入购物车|再次购买|退换货', 'Track package|Buy it again|Return or replace items|Contact seller|Write a review', 3)
    return sheet


def _parcel(sheet):
    """Who carries it and under which number."""
    is_chinese = sheet.is_chinese
    carrier, track = value_of('carrier', is_chinese), value_of('tracking', is_chinese)
    if chance(.3):
        carrier, track = sheet.seen(carrier), sheet.seen(track)
        sheet.put('carrier', carrier)
        sheet.put('track', track)
        sheet.row((carrier + choice((' ', '：', ': ', ' 运单号：' if is_chinese else ' No. ')) + track, .02))
    else:
        sheet.style = choice(('one', 'two', 'right'))
        for triple in some([('carrier', either(is_chinese, '快递公司|物流公司|承运公司|配送方式|国内承运人', 'Carrier|Courier|Shipped with|Shipping'), carrier),
                            ('track', either(is_chinese, '运单号|快递单号|物流单号|运单编号', 'Tracking number|Tracking ID|Tracking no.'), track)], .75):
            sheet.pair(*triple)
    if chance(.35):
        text = either(is_chinese, '您的快件已到达|快件已发往|包裹正在派送中，派送员|已签收，签收人：本人', 'Your parcel has arrived at|Departed from|Out for delivery in')
        sheet.row((sheet.seen(f'{text}{chinese(2, 3)}' if is_chinese else f'{text} {cased(words(1, 1), "t")}'), .05))
        if chance(.6):
            sheet.row((sheet.seen(f'{date_form(is_chinese)(*day())} {time()}'), .05, 'l', .8), gap=.8)


def _recipient(sheet):
    is_chinese = sheet.is_chinese
    name, number, place = person(is_chinese), phone(is_chinese), address(is_chinese)
    if is_chinese and chance(.5):
        number = f'1{digits(2)}****{digits(4)}'
    style = choice(('joined', 'joined', 'labels', 'apart'))
    if chance(.1):
        return
    if style == 'labels':
        triples = [('rcv', either(is_chinese, '收货人|收件人|收货人姓名', 'Recipient|Ship to|Name'), name), ('rphone', either(is_chinese, '手机号码|联系电话|电话',
            'Phone|Phone number'), number),
                   ('raddr', either(is_chinese, '收货地址|地址|配送地址', 'Shipping address|Delivery address|Address'), place)]
        pairs(sheet, some(triples, .88), choice(('one', 'two', 'right', 'above')))
        return
    name, number = sheet.seen(name), sheet.seen(number)
    sheet.put('rcv', name)
    sheet.put('rphone', number)
    if style == 'joined':
        sheet.row((choice(('', '', '收货人：' if is_chinese else 'Ship to: ')) + name + choice((' ', '  ', ', ' if not is_chinese else ' ')) + number, .05))
    else:
        sheet.row((name, .05), (number, choice((.3, .6))))
    sheet.lines('raddr', place, .05, 'l', prefix=choice(('', '', '地址：' if is_chinese else 'Address: ')))


def _goods(sheet):
    is_chinese, printed = sheet.is_chinese, price_form()
    currency = choice(('¥', '￥', '¥ ') if is_chinese else ('$', 'RM', 'US $', 'RM '))
    if chance(.85):
        shop = sheet.seen(chinese(2, 4) + choice(('旗舰店', '专营店', '官方旗舰店', '专卖店', '的小店', '数码店')) if is_chinese and chance(.7) else company(is_chinese, 't'))
        label = either(is_chinese, '||卖家：|商家：|店铺：', '||Seller: |Sold by: |Shop: ')
        sheet.put('shopname', shop, label)
        sheet.row((label + shop + ('' if label else choice(('', ' >', '＞'))), .02))
    total, pieces, used = 0, 0, set()
    style = choice(('right', 'right', 'below'))
    for _ in range(choice((1, 1, 2, 3, 4))):
        name = sheet.seen(chinese(4, 8) + (chinese(3, 6) if chance(.4) else '') + choice(('', ' ' + letters_digits(4))) if is_chinese else cased(words(2, 5),
            't'))
        if name in used:
            continue
        used.add(name)
        cost, count = price(), choice((1, 1, 1, 2, 3, 10))
        total, pieces = total + cost * count, pieces + count
        shown, quantity = sheet.seen(printed(cost)), str(count)
        sheet.items.append({'name': name, 'price': shown, 'qty': quantity})
        option = sheet.seen(either(is_chinese, '颜色分类：白色|规格：标准版|尺码：L|黑色;XL|500g*2袋|7天无理由退货', 'Color: Black|Size: M|Blue / L|Pack of 2|Free returns'))
        if style == 'right':
            sheet.row((name, .2), (currency + shown, .98, 'r'))
            sheet.row((option if chance(.6) else '', .2, 'l', .8), (choice(('x', '×', 'X')) + quantity, .98, 'r'), gap=.9)
        else:
            sheet.row((name, .2))
            sheet.row((option if chance(.6) else '', .2, 'l', .8), gap=.9)
            sheet.row((currency + shown, .2), (choice(('x', '×', '数量 ' if is_chinese else 'Qty: ')) + quantity, .98, 'r'))
    _sums(sheet, total, pieces, currency)


def _sums(sheet, total, pieces, currency):
    is_chinese = sheet.is_chinese
    sheet.style = choice(('right', 'right', 'one', 'two'))
    freight, off = choice((0, 0, 6, 8, 10, 12.5)), round(total * choice((.05, .1)), 2)
    if chance(.4):
        sheet.pair('subtotal', either(is_chinese, '商品总额|商品总价|商品金额', 'Subtotal|Item(s) subtotal|Merchandise subtotal'), f'{total:.2f}', glue=currency)
    if chance(.55):
        total += freight
        sheet.pair('deliveryfee', either(is_chinese, '运费|快递费|运费(快递)|邮费', 'Shipping|Shipping & handling|Shipping fee|Postage'), f'{freight:.2f}', glue=currency)
    if chance(.3):
        total -= off
        sheet.pair('coupon', either(is_chinese, '优惠券|店铺优惠|红包抵扣|平台优惠券', 'Coupon|Voucher applied|Promotion'), f'{off:.2f}', glue='-' + currency)
    if chance(.15):
        sheet.pair('itemcount', either(is_chinese, '商品件数|共计件数', 'Items|Number of items'), str(pieces))
    if chance(.92):
        label = either(is_chinese, '实付款|实付|订单总价|实付款(含运费)|应付总额|合计|需付款', 'Order total|Grand total|Total|Total paid|Amount paid')
        sheet.pair('total', label, f'{total:.2f}', size=choice((1, 1.3)), glue=currency)


def _times(sheet):
    is_chinese = sheet.is_chinese
    form, (year, month, first) = date_form(is_chinese), day()

    def moment(after):
        return f'{form(year, month, min(28, first + after))} {time()}'

    triples = [
        ('orderno', either(is_chinese, '订单编号|订单号|订单号码', 'Order number|Order ID|Order no.|Order #'), choice((digits(randint(12, 19)),
            f'{digits(3)}-{digits(7)}-{digits(7)}'))),
        ('refno', either(is_chinese, '支付宝交易号|交易号|支付流水号|微信支付单号', 'Transaction ID|Payment reference'), digits(28) if chance(.5) else letters_digits(17)),
        ('ordertime', either(is_chinese, '下单时间|创建时间|订单创建时间', 'Order placed|Order date|Placed on'), moment(0)),
        ('paytime', either(is_chinese, '付款时间|支付时间', 'Paid on|Payment time|Payment date'), moment(0)),
        ('shiptime', either(is_chinese, '发货时间|出库时间', 'Shipped on|Ship date|Dispatch date'), moment(randint(0, 2))),
        ('deliverytime', either(is_chinese, '成交时间|签收时间|完成时间|收货时间', 'Delivered on|Arriving|Received on'), moment(randint(2, 6))),
        ('pay', either(is_chinese, '支付方式|付款方式', 'Payment method|Paid by'), either(is_chinese, '支付宝|微信支付|花呗|银行卡|货到付款', 'Visa ending 1234|PayPal|Mastercard|'
            'Cash on delivery')),
        ('remark', either(is_chinese, '买家留言|订单备注|备注', 'Note to seller|Gift note'), either(is_chinese, '无|请尽快发货|周末送货|包装好一点', 'none|Please ship soon|Gift wrap'))]
    pairs(sheet, some(triples, .65) + (extras(sheet, 1) if chance(.2) else []), choice(('one', 'one', 'right', 'two')))
