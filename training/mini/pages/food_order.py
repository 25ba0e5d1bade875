"""A meal order in a delivery app: shop, dishes, fees, coupons, where to, who brings it."""
from ..chance import chance, choice, digits, randint, shuffle, some, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import address, code, company, date_form, day, person, phone, price, time
from .parts_common import either, extras, footer

_STATUS = ('订单已送达|订单已完成|骑手正在送货|商家已接单|订单已取消|待评价|配送中|等待付款', 'Delivered|Order completed|On the way|Preparing your order|Cancelled|Rider is coming')
_BUTTONS = '再来一单|联系商家|联系骑手|申请售后|评价|致电骑手|查看发票', 'Reorder|Contact rider|Help|Rate order|View receipt'


def compose():
    sheet = Sheet(chance(.75), 'food_order')
    is_chinese = sheet.is_chinese
    if chance(.4):
        sheet.row((sheet.seen(time()), .02, 'l', .8), (f'{randint(5, 100)}%', .98, 'r', .8))
    if chance(.65):
        sheet.title('status', either(is_chinese, *_STATUS), choice((1.2, 1.5)), *choice(((.02, 'l'), (.5, 'c'))))
    blocks = [lambda: _bill(sheet), lambda: _delivery(sheet), lambda: _order(sheet)]
    if chance(.25):
        shuffle(blocks)
    for block in blocks:
        block()
    for text in some(_BUTTONS[not is_chinese].split('|'), .15):
        sheet.row((text, choice((.3, .5, .75)), 'c'))
    if chance(.2):
        footer(sheet, '猜你喜欢|附近好店|本店推荐|食品安全险', 'You may also like|Terms apply', 1)
    return sheet


def _dishes(sheet):
    """Prints the dishes; the sum of their prices."""
    is_chinese = sheet.is_chinese
    currency = choice(('¥', '￥', '¥ ', '') if is_chinese else ('$', 'RM', 'RM ', ''))
    style, times = choice(('row', 'row', 'below', 'quantity first')), choice(('x', '×', 'X', 'x '))
    total, used = 0, set()
    for _ in range(choice((1, 2, 2, 3, 4, 5, 7))):
        name = sheet.seen(chinese(3, 8) + choice(('', '', '套餐', '(大份)', '/微辣', '+米饭')) if is_chinese else cased(words(2, 4), 't'))
        if name in used:
            continue
        used.add(name)
        count, cost = choice((1, 1, 1, 2, 3)), round(min(price(), 300), choice((0, 1, 2, 2)))
        total += cost * count
        quantity, shown = str(count), sheet.seen(f'{cost * count:.2f}' if chance(.7) else f'{cost * count:g}')
        sheet.items.append({'name': name, 'qty': quantity, 'amount': shown})
        if style == 'row':
            sheet.row((name, .02), (times + quantity, .7), (currency + shown, .98, 'r'))
        elif style == 'below':
            sheet.row((name, .15), (currency + shown, .98, 'r'))
            sheet.row((times + quantity, .15), gap=.9)
        else:
            sheet.row((quantity + times.strip(), .02), (name, .12), (currency + shown, .98, 'r'))
        if chance(.15):
            sheet.row((sheet.seen(either(is_chinese, '少辣|去冰/三分糖|不要香菜|常温|加辣|大杯', 'No onions|Less sugar|Extra cheese|Spicy')), .15, 'l', .8), gap=.8)
    return total, currency


def _bill(sheet):
    is_chinese = sheet.is_chinese
    shop = company(is_chinese, 't') + (f'({chinese(2, 4)}店)' if is_chinese and chance(.4) else '')
    arrow = choice(('', '', ' >', '>'))
    if chance(.93):
        shop = sheet.seen(shop)
        sheet.put('shopname', shop)
        sheet.row((shop + arrow, .02, 'l', choice((1, 1.2))))
    total, currency = _dishes(sheet)
    sheet.style = choice(('right', 'right', 'right', 'one', 'two'))
    packing, delivery, off = (round(uniform(.5, 9), choice((0, 1, 2))) for _ in range(3))
    off = min(off, total * .6)
    lines = []
    if chance(.6):
        lines.append(('packingfee', either(is_chinese, '打包费|包装费|餐盒费|打包盒', 'Packaging fee|Packing charge|Container fee'), packing, ''))
        total += packing
    if chance(.75):
        lines.append(('deliveryfee', either(is_chinese, '配送费|用户配送费|外送费|跑腿费', 'Delivery fee|Delivery charge|Delivery'), delivery, ''))
        total += delivery
    if chance(.25):
        lines.append((None, either(is_chinese, '原配送费|服务费', 'Platform fee|Service fee'), delivery + 2, ''))
    if chance(.55):
        lines.append(('coupon', either(is_chinese, '红包|优惠券|店铺红包|商家代金券|平台红包', 'Voucher|Coupon|Promo code'), off, '-'))
        total -= off
    if chance(.35):
        less = round(total * .1, 1)
        lines.append(('discount', either(is_chinese, '满减优惠|立减|已优惠|新客立减', 'Discount|You saved|Promo discount'), less, choice(('-', '- ', ''))))
        total -= less
    if chance(.2):
        shuffle(lines)
    for key, label, value, sign in lines:
        sheet.pair(key, label, f'{value:.2f}' if chance(.6) else f'{value:g}', glue=sign + currency)
    if chance(.95):
        label = either(is_chinese, '实付|合计|实付款|总计|实际支付|应付', 'Total|Amount paid|Grand total|Total paid|TOTAL')
        sheet.pair('total', label, f'{total:.2f}', size=choice((1, 1.3)), glue=currency)


def _delivery(sheet):
    is_chinese = sheet.is_chinese
    name, number, place = person(is_chinese), phone(is_chinese), address(is_chinese)
    masked = number[:3] + '****' + number[-4:]
    if chance(.6):
        sheet.row((either(is_chinese, '配送信息|收货信息|送餐信息', 'Delivery details|Deliver to'), .02, 'l', 1.1))
    sheet.style = choice(('one', 'right', 'two', 'above'))
    if chance(.85):
        if chance(.5) and is_chinese:
            sheet.lines('raddr', place, .02, 'l', randint(14, 26), prefix=choice(('收货地址：', '配送地址：', '送至：', '地址 ')))
        else:
            sheet.pair('raddr', either(is_chinese, '收货地址|配送地址|送达地址|地址', 'Delivery address|Address|Deliver to'), place)
    shown_number = masked if chance(.5) else number
    if chance(.35):
        name, shown_number = sheet.seen(name + choice(('', '', '(先生)', '女士') if is_chinese else ('',))), sheet.seen(shown_number)
        sheet.put('rcv', name)
        sheet.put('rphone', shown_number)
        sheet.row((f'{name} {shown_number}', .02))
    elif chance(.6):
        sheet.pair('rcv', either(is_chinese, '收货人|联系人|收餐人', 'Recipient|Name|Contact'), name)
        sheet.pair('rphone', either(is_chinese, '联系电话|手机号|号码', 'Phone|Mobile'), shown_number)
    if chance(.55):
        sheet.pair('rider', either(is_chinese, '骑手|配送骑手|配送员|送餐员', 'Rider|Courier|Delivered by'), person(is_chinese))
    if chance(.2):
        sheet.pair('type', either(is_chinese, '配送方式|配送服务', 'Delivery type'), either(is_chinese, '美食专送|商家自配|到店自取|平台专送', 'Standard|Express|Pick-up'))


def _order(sheet):
    is_chinese = sheet.is_chinese
    form, when = date_form(is_chinese), day()
    moments = [f'{form(*when)} {time()}' for _ in range(3)]
    triples = [
        ('orderno', either(is_chinese, '订单号|订单号码|订单编号|单号', 'Order no.|Order ID|Order #|Order number'), choice((digits(randint(12, 19)), code()))),
        ('ordertime', either(is_chinese, '下单时间|订单时间|创建时间', 'Order time|Placed on|Ordered at'), moments[0]),
        ('pay', either(is_chinese, '支付方式|付款方式', 'Payment method|Paid with|Payment'), either(is_chinese, '微信支付|支付宝|在线支付|余额支付|云闪付',
            'Visa|GrabPay|Cash|Credit Card|PayPal')),
        ('deliverytime', either(is_chinese, '送达时间|期望时间|预计送达|完成时间', 'Delivered at|Delivery time|Estimated arrival'),
         choice((moments[1], time(), either(is_chinese, '立即送达', 'ASAP')))),
        ('remark', either(is_chinese, '备注|订单备注|口味备注', 'Note|Notes to rider'), either(is_chinese, '放门口|不要放辣|多给一双筷子|到了打电话|少冰',
            'Leave at door|No cutlery|Call on arrival')),
        ('quantity', either(is_chinese, '餐具数量|餐具份数', 'Cutlery'), str(randint(0, 4)) + ('份' if is_chinese else '')),
    ]
    sheet.style = choice(('one', 'right', 'two'))
    for key, label, value in some(triples, .68) + (extras(sheet, 1) if chance(.2) else []):
        sheet.pair(key, label, value)
