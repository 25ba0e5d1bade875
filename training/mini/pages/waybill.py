"""Parcel labels: from whom to whom, under which number, what is inside."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, uniform
from ..lexicon import PLACES
from ..sheet import Sheet
from ..values import address, company, person, phone
from .known_fields import known, value_of
from .parts_common import either, extras, footer
from .parts_forms import pairs

_LABELS = {
    'rcv': ('收件人|收货人|收|收方|收件方|收件人姓名', 'Recipient|Consignee|To|Receiver|Ship To|Deliver to'), 'rphone': ('电话|联系电话|手机|收件人电话',
        'Tel|Phone|Contact|Recipient phone'),
    'raddr': ('地址|收件地址|收货地址|收件人地址', 'Address|Delivery address|Ship to address'), 'snd': ('寄件人|发件人|寄|寄方|寄件方|发货人', 'Sender|Shipper|From|Ship From'),
    'sphone': ('电话|联系电话|手机|寄件人电话', 'Tel|Phone|Contact|Sender phone'), 'saddr': ('地址|寄件地址|发货地址|寄件人地址', 'Address|Ship from address|Return address'),
    'weight': ('重量|计费重量|实际重量', 'Weight|Billed Weight|WT'), 'quantity': ('件数|数量|总件数', 'Pieces|Pcs|Packages|No. of pieces'),
    'product': ('品名|托寄物|物品名称|内件品名|货物名称', 'Contents|Description|Goods'),
    'pay': ('付款方式|付费方式|支付方式', 'Payment|Freight|Bill to'), 'total': ('运费|费用合计|运费合计', 'Freight charge|Shipping cost|Total charge'),
    'insured': ('保价金额|声明价值|保价', 'Declared value|Insured value'),
    'date': ('寄件日期|日期|收寄时间|下单日期', 'Date|Ship date|Shipped'), 'orderno': ('订单号|订单编号|客户单号', 'Order No|Ref|Customer Ref'),
    'remark': ('备注|派送备注', 'Remarks|Instructions'), 'receivedby': ('签收人|收件人签字', 'Received by|Signature')}
_MORE = 'weight quantity product pay total insured date orderno remark receivedby size'


def compose():
    sheet = Sheet(chance(.75), 'waybill')
    is_chinese = sheet.is_chinese
    if chance(.6):
        sheet.title('carrier', value_of('carrier', is_chinese), choice((1.3, 1.8)), *choice(((.02, 'l'), (.5, 'c'))))
    if chance(.3):
        sheet.row((sheet.seen(either(is_chinese, '标准快递|次日达|代收货款|陆运|特快|电子面单', 'EXPRESS|STANDARD|PRIORITY|COD|GROUND')), choice((.02, .7)), 'l', 1.2))
    if chance(.35):
        sheet.row((sheet.seen(choice((f'{digits(3)}-{letters_digits(3)} {digits(3)}', choice(PLACES) + f' {digits(2)}', letters_digits(5)))), .5, 'c', 2))
    tracking = [('track', either(is_chinese, '运单号|快递单号|单号|运单编号|NO', 'Tracking No|Waybill No|AWB|Tracking #|Waybill'), value_of('tracking', is_chinese))]
    tracking_first, bare = chance(.6), chance(.2)
    if tracking_first:
        _tracking(sheet, tracking, bare)
    blocks = [_block(is_chinese, 'rcv rphone raddr'), _block(is_chinese, 'snd sphone saddr')]
    if chance(.4):
        shuffle(blocks)
    if chance(.08):
        blocks.pop()
    if len(blocks) == 2 and chance(.15):
        _beside(sheet, *blocks)
    else:
        for block in blocks:
            _print_block(sheet, block)
    if not tracking_first:
        _tracking(sheet, tracking, bare)
    values = {'pay': either(is_chinese, '寄付|到付|寄付现结|月结', 'Prepaid|Collect|Sender|Third party'),
              'weight': f'{uniform(.1, 40):.{randint(1, 2)}f}{choice(("kg", "KG", " kg"))}', 'quantity': str(randint(1, 20)),
              'product': either(is_chinese, '文件|衣服|食品|日用品|电子产品|书籍|配件', 'Documents|Clothes|Books|Parts|Gift') if chance(.7) else value_of('product', is_chinese)}
    more = known(is_chinese, _MORE, choice((.15, .3, .5)), .4, values, _labels(is_chinese))
    more += extras(sheet, 2, more)
    pairs(sheet, more, choice(('one', 'grid', 'grid', 'two', 'head')))
    footer(sheet, '请当面验收|已验视|签收联|快件破损请拒收|客服热线95338', 'Handle with care|FRAGILE|Proof of delivery|Do not bend')
    return sheet


def _labels(is_chinese):
    return {key: texts[not is_chinese] for key, texts in _LABELS.items()}


def _tracking(sheet, tracking, bare):
    if bare:
        sheet.title('track', tracking[0][2], 1.2)
    else:
        pairs(sheet, tracking, choice(('one', 'one', 'two', 'above')))


def _block(is_chinese, keys):
    """Name, telephone and address of one party; telephone and address may be missing."""
    name_key, phone_key, address_key = keys.split()
    number = phone(is_chinese)
    values = {name_key: person(is_chinese) if chance(.8) else company(is_chinese, 't'), phone_key: number[:3] + '****' + number[-4:] if is_chinese
              and chance(.15) else number, address_key: address(is_chinese)}
    labels = _labels(is_chinese)
    return known(is_chinese, (name_key,), 1, 0, values, labels) + known(is_chinese, (phone_key, address_key), .92, .15, values, labels)


def _print_block(sheet, block):
    kind = choice(('joined', 'joined', 'heading', 'pairs', 'pairs', 'pairs'))
    if kind == 'pairs':
        pairs(sheet, block, choice(('one', 'one', 'two', 'mixed')))
        return
    seen = [(key, sheet.seen(label), sheet.seen(value)) for key, label, value in block]
    if kind == 'joined':  # "To: NAME TELEPHONE" over the address
        label, is_address = seen[0][1], (lambda key: key.endswith('addr'))
        first = [value for key, _, value in seen if not is_address(key)]
        sheet.row((label + sheet.separator + choice(('  ', ' ')).join(first), .02, 'l', choice((1, 1.2))))
        for key, _, value in seen:
            if is_address(key):
                sheet.lines(key, value, .05, 'l')
            else:
                sheet.put(key, value, label if key in ('rcv', 'snd') else None)
    else:  # the party's role over its particulars, these without labels
        sheet.row((seen[0][1], .02, 'l', 1.1))
        for i, (key, _, value) in enumerate(seen):
            sheet.put(key, value, seen[0][1] if i == 0 else None)
            sheet.row((value, .05))


def _beside(sheet, left, right):
    """Two parties beside each other."""
    separator = sheet.separator
    for i in range(max(len(left), len(right))):
        cells = []
        for x, block in ((.02, left), (.52, right)):
            if i < len(block):
                key, label, value = block[i]
                label, value = sheet.seen(label), sheet.seen(value)
                sheet.put(key, value, label)
                cells.append((label + separator + value, x))
        sheet.row(*cells)
