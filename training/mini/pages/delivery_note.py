"""Delivery notes: who supplies whom, a table of goods, who received them."""
from ..chance import chance, choice, letters_digits, randint, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Cell, Sheet, Table
from ..values import address, company, money, person, phone, price
from .known_fields import known, value_of
from .parts_common import either, extras, footer
from .parts_forms import column_starts, pairs

_HEADINGS = {'code': ('编码|货号|产品编号|物料号', 'Code|Item No|SKU|Part No.'), 'name': ('品名|名称|产品名称|货物名称|商品', 'Description|Item|Product|Goods'),
             'spec': ('规格|规格型号|型号', 'Spec|Size|Model'), 'unit': ('单位', 'Unit|UOM'),
             'qty': ('数量|实发数量|送货数量', 'Qty|Quantity|Delivered'), 'price': ('单价', 'Unit Price|Price|Rate'), 'amount': ('金额|小计|总价', 'Amount|Total|Line Total'),
             'remark': ('备注', 'Remarks|Note')}


def compose():
    sheet = Sheet(chance(.6), 'delivery_note')
    is_chinese = sheet.is_chinese
    heading = [lambda: _supplier(sheet), lambda: _title(sheet)]
    if chance(.3):
        heading.reverse()
    for block in heading:
        block()
    _particulars(sheet)
    quantity, total, has_amounts = _goods(sheet)
    _sums(sheet, quantity, total, has_amounts)
    labels = {'preparedby': '制单|制单人|开单人' if is_chinese else 'Prepared by|Issued by', 'checkedby': '审核|仓管|发货人' if is_chinese else 'Checked by|Storekeeper',
              'receivedby': '收货人|收货人签字|签收人|客户签收' if is_chinese else 'Received by|Receiver|Customer signature',
              'approvedby': '送货人|司机|经手人' if is_chinese else 'Driver|Delivered by'}
    signers = known(is_chinese, 'preparedby checkedby receivedby', .5, .3, labels=labels)
    if chance(.4):
        label = choice(labels['approvedby'].split('|'))
        signers.append(('label:' + label, label, person(is_chinese)))
    pairs(sheet, signers, choice(('grid', 'grid', 'one', 'head')))
    footer(sheet, '白联存根 红联客户 黄联回单|货物当面点清，如有质量问题请三日内提出|第一联：存根|收货单位（盖章）', 'Goods received in good order and condition|E. & O. E.|Please sign and return one copy|'
           'This is not an invoice')
    return sheet


def _title(sheet):
    if chance(.93):
        sheet.title('title', either(sheet.is_chinese, '送货单|出货单|发货单|销售送货单|送 货 单|出库单|销售出库单', 'DELIVERY NOTE|DELIVERY ORDER|Delivery Note|Packing Slip|'
                                    'DISPATCH NOTE|Goods Delivery Note'), choice((1.3, 1.6)))


def _supplier(sheet):
    """At the head without a label; elsewhere it may stand among the particulars."""
    is_chinese = sheet.is_chinese
    if chance(.75):
        align = choice((('c', .5), ('l', .02)))
        sheet.title('supplier', company(is_chinese, choice('ut')), choice((1.2, 1.5)), align[1], align[0])
        sheet.put('company', sheet.fields['supplier'])
        if chance(.5):
            sheet.lines('address', address(is_chinese), align[1], align[0], prefix=choice(('', '地址：' if is_chinese else 'Address: ')))
        if chance(.5):
            sheet.style = 'one'
            number = sheet.seen(phone(is_chinese))
            label = either(is_chinese, '电话|TEL|联系电话', 'Tel|Phone')
            sheet.put('phone', number, label)
            sheet.row((label + sheet.separator + number, align[1], align[0]))


def _particulars(sheet):
    is_chinese = sheet.is_chinese
    labels = {'supplier': '供应商|供货单位|送货单位' if is_chinese else 'Supplier|From|Vendor', 'buyname': '客户|客户名称|收货单位|购货单位|客户单位' if is_chinese
              else 'Customer|Deliver To|Bill To|Sold To|Customer Name', 'shipto': '收货地址|送货地址|交货地址' if is_chinese else 'Ship To|Delivery Address|'
              'Deliver to address',
              'date': '日期|送货日期|发货日期|开单日期' if is_chinese else 'Date|Delivery Date|D/O Date', 'orderno': '送货单号|单号|单据编号|NO|出库单号' if is_chinese
              else 'DN No|D/O No.|Delivery Note No|Note No.', 'po': '采购单号|订单号|客户订单号' if is_chinese else 'PO No|Customer PO|Your Order No.',
              'contact': '联系人|收货联系人' if is_chinese else 'Contact|Attn', 'mobile': '手机|联系电话|收货电话' if is_chinese else 'Mobile|Contact No.',
              'plate': '车牌号|车号' if is_chinese else 'Vehicle No|Lorry No.', 'warehouse': '仓库|发货仓库' if is_chinese else 'Warehouse|Depot'}
    values = {'buyname': company(is_chinese, 't') if chance(.85) else person(is_chinese), 'shipto': address(is_chinese)}
    wanted = [key for key in 'supplier buyname shipto date orderno po contact mobile plate warehouse'.split() if key not in sheet.fields]
    triples = known(is_chinese, wanted, uniform(.4, .8), .4, {'orderno': value_of('code', is_chinese), **values}, labels)
    triples += extras(sheet, choice((0, 0, 1, 2)), triples)
    pairs(sheet, triples, choice(('grid', 'grid', 'one', 'two', 'mixed', 'grid_two')))


def _goods(sheet):
    """Prints the goods; number of pieces, sum and whether amounts are shown."""
    is_chinese, has_amounts = sheet.is_chinese, chance(.65)
    columns = [key for key in _HEADINGS if key == 'name' or key == 'qty' or key in ('price', 'amount') and has_amounts or key not in ('price',
        'amount') and chance(.4)]
    headings = {key: sheet.seen(either(is_chinese, *_HEADINGS[key])) for key in columns}
    grouped, lines, quantity, total, used = chance(.6), [], 0, 0, set()
    for _ in range(choice((1, 2, 3, 3, 4, 5, 7, 10))):
        name = sheet.seen(chinese(2, 7) if is_chinese else cased(words(1, 4), choice('ut')))
        if name in used:
            continue
        used.add(name)
        count, cost = choice((randint(1, 10), randint(1, 500))), price()
        quantity, total = quantity + count, round(total + count * cost, 2)
        made = {'code': letters_digits(randint(4, 8)), 'name': name, 'spec': choice((f'{randint(1, 99)}*{randint(1, 99)}', letters_digits(4),
            f'{randint(1, 900)}g')), 'unit': choice('个台件套箱桶米') if is_chinese else choice(('pcs', 'box', 'set', 'ctn', 'kg')),
                'qty': sheet.seen(str(count)), 'price': sheet.seen(money(cost, grouped)), 'amount': sheet.seen(money(count * cost, grouped)),
                'remark': either(is_chinese, '|||样品|赠品|急', '||||sample|FOC')}
        lines.append([made[key] for key in columns])
        sheet.items.append({key: made[key] for key in ('name', 'qty', 'price', 'amount') if key in columns})
    starts = column_starts([headings[key] for key in columns], lines)
    for cells in [[headings[key] for key in columns]] + lines:
        sheet.row(*[Cell(text, start) for text, start in zip(cells, starts)])
    if columns[0] == 'name' and chance(.5):
        sheet.tables.append(Table([headings[key] for key in columns], lines, [{'name': 'name', 'qty': 'num', 'price': 'num', 'amount': 'num'}.get(key,
            's') for key in columns]))
    return quantity, total, has_amounts


def _sums(sheet, quantity, total, has_amounts):
    is_chinese = sheet.is_chinese
    sheet.style = choice(('right', 'one', 'two'))
    if chance(.45):
        sheet.pair('qtytotal', either(is_chinese, '合计数量|总数量|数量合计', 'Total Qty|Total quantity|No. of items'), str(quantity))
    if has_amounts and chance(.85):
        sheet.pair('total', either(is_chinese, '合计金额|合计|总金额|金额合计', 'Total|Grand Total|TOTAL AMOUNT'), money(total),
                   glue=choice(('', '', '¥' if is_chinese else 'RM ')))
    if chance(.2):
        sheet.pair('remark', either(is_chinese, '备注|说明', 'Remarks|Note'), value_of('phrase', is_chinese))
