"""Tables of orders and shipments: which ships last, whose is dearest."""
from ..chance import chance, choice, digits, letters_digits, randint, sample
from ..lexicon import PLACES, cased, chinese, words
from ..sheet import Sheet
from ..values import code, company, person, price
from .known_fields import known, value_of
from .parts_common import either, extras, footer, price_form
from .parts_forms import pairs
from .table import Column, date_column, print_table


def compose():
    sheet = Sheet(chance(.5), 'order_table')
    is_chinese = sheet.is_chinese
    if chance(.75):
        sheet.title('title', either(is_chinese, '订单列表|发货计划表|出货明细|采购订单一览|销售订单|物流跟踪表|我的订单|订单管理|待发货清单|交货计划',
                                    'Orders|Order List|Shipping Schedule|Open Orders|Shipment Tracking|Sales Orders|Purchase Orders|Delivery Plan|'
                                    'Dispatch List'), choice((1.2, 1.5)), *choice(((.5, 'c'), (.02, 'l'))))
    if chance(.35):
        pairs(sheet, known(is_chinese, 'company warehouse date preparedby supplier', .4) or extras(sheet, 2), choice(('one', 'grid', 'two')))
    columns = [Column(either(is_chinese, '订单号|单号|编号|订单编号|运单号|发货单号', 'Order No|Order ID|Order #|No.|Order|Shipment|PO'), 'name', _numbers())]
    offered = _offered(is_chinese)
    columns += [offered[i] for i in _chosen(len(offered), randint(2, 5))]
    if not any(column.kind == 'date' for column in columns) and chance(.75):
        columns.append(next(column for column in offered if column.kind == 'date'))
    print_table(sheet, columns, choice((2, 3, 4, 4, 5, 6, 8, 10)), numbered=chance(.12), sums=chance(.1))
    if chance(.25):
        pairs(sheet, extras(sheet, 2), choice(('one', 'grid', 'right')))
    footer(sheet, '共1页|上一页 下一页|导出|筛选|全部 待付款 待发货 已完成', 'Page 1 of 1|Export|Filter|Next', 1)
    return sheet


def _chosen(count, wanted):
    """Columns in their usual order, sometimes in any."""
    found = sample(range(count), wanted)
    return sorted(found) if chance(.7) else found


def _numbers():
    """Order numbers: running, alike or of any shape."""
    kind = choice(('running', 'running', 'alike', 'any'))
    prefix, first = choice(('', 'SO', 'PO-', 'ORD', 'A', '#', 'DD', 'WX-')), randint(100, 99000)
    width, used = randint(4, 8), set()

    def make(i):
        text = ''
        while not text or text in used:
            text = f'{prefix}{first + i}' if kind == 'running' else f'{prefix}{digits(width)}' if kind == 'alike' else code()
        used.add(text)
        return text
    return make


def _offered(is_chinese):
    """Columns to choose from, in their usual order."""
    printed, decimals = price_form(), choice((0, 1))
    states = (either(is_chinese, '已发货|已签收|已完成|已出库', 'Shipped|Delivered|Done|Paid'), either(is_chinese, '待付款|待发货|处理中|备货中', 'Pending|Processing|Open|Unpaid'),
              either(is_chinese, '已取消|退货中|缺货', 'Cancelled|Returned|Backorder'))
    is_person = chance(.6)
    return [
        Column(either(is_chinese, '客户|客户名称|收货人|买家|收货单位', 'Customer|Client|Buyer|Ship to|Consignee'), 's',
               lambda i: person(is_chinese) if is_person else (chinese(2, 4) if is_chinese else company(False, 't'))),
        Column(either(is_chinese, '商品|产品|货品|品名|物料', 'Product|Item|Goods|Description|SKU'), 's', lambda i: (chinese(2, 5) if is_chinese else cased(words(1, 2),
            't')) if chance(.8) else letters_digits(6)),
        Column(either(is_chinese, '数量|件数|箱数', 'Qty|Quantity|Units|Cartons'), 'num', lambda i: str(randint(1, choice((20, 999))))),
        Column(either(is_chinese, '金额|总价|订单金额|货值', 'Amount|Total|Price|Value'), 'num', lambda i: printed(price())),
        date_column(either(is_chinese, '下单日期|订单日期|创建时间', 'Order Date|Ordered|Placed'), is_chinese) if chance(.4) else
        Column(either(is_chinese, '重量(kg)|重量', 'Weight (kg)|Weight'), 'num', lambda i: f'{randint(1, 900) + .5:.{decimals}f}'),
        date_column(either(is_chinese, '发货日期|出货日|发货时间|出库日期|预计发货', 'Ship Date|Shipped|Ships on|Dispatch Date|ETD'), is_chinese),
        Column(either(is_chinese, '目的地|收货城市|城市', 'Destination|City|Ship To City'), 's', lambda i: choice(PLACES) if is_chinese else cased(words(1, 1), 't')),
        Column(either(is_chinese, '承运商|快递|物流公司', 'Carrier|Courier|Via'), 's', lambda i: value_of('carrier', is_chinese)),
        date_column(either(is_chinese, '交货日期|到货日期|预计到达|交期', 'Delivery Date|ETA|Due|Arrives'), is_chinese),
        Column(either(is_chinese, '状态|订单状态|物流状态', 'Status|State'), 's', lambda i: choice(states))]
